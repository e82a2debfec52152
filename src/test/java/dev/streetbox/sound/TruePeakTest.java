package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruePeakTest {
  private static final int RATE_HZ = 48_000;

  @ParameterizedTest(name = "{0} Hz")
  @CsvSource({"1000, 0.01", "4000, 0.02", "8000, 0.1", "12000, 0.2", "16000, 0.35", "20000, 0.6"})
  void thePeakOfASteadyToneIsFoundAtAnyPhase(double frequencyHz, double toleranceDb) {
    for (double phase = 0; phase < Math.PI; phase += 0.05) {
      double[] tone = new double[RATE_HZ / 10];
      for (int n = 0; n < tone.length; n++) {
        tone[n] = 0.5 * Math.sin(2 * Math.PI * frequencyHz * n / RATE_HZ + phase);
      }
      TruePeak peak = new TruePeak(tone.length);
      peak.add(tone, tone.length);
      peak.take();
      peak.add(tone, tone.length);
      double db = 20 * Math.log10(peak.take() / 0.5);
      // A repeated block of whole periods continues the tone, so that there is no click.
      assertEquals(0, db, toleranceDb, "phase " + phase);
    }
  }

  @Test
  void thePeakIsNeverBelowTheGreatestSampleAndPiecesDoNotChangeIt() {
    SplittableRandom random = new SplittableRandom(1);
    double[] noise = random.doubles(4_800, -1, 1).toArray();
    noise[2_000] = 1.5;
    TruePeak whole = new TruePeak(noise.length);
    whole.add(noise, noise.length);
    double peak = whole.take();
    assertEquals(true, peak >= 1.5);
    TruePeak pieces = new TruePeak(noise.length);
    for (int i = 0; i < 48; i++) {
      pieces.add(java.util.Arrays.copyOfRange(noise, i * 100, i * 100 + 100), 100);
    }
    assertEquals(peak, pieces.take());
  }
}
