package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrophonePartTest {
  private static final double[] HZ = {
    20, 31.5, 63, 125, 250, 1000, 2000, 4000, 6300, 8000, 10_000, 12_500, 16_000, 20_000
  };

  /** The correction in use for each type at 48 kHz (esp32-i2s-slm@b643efa, its filters' effect). */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "inmp441, 11.9 8.4 3.5 1.1 0.3 0 0 0 0 0 0 0 0 0",
    "ics43434, 12.8 7.9 2.8 0.7 0.1 -0.2 -0.3 -0.6 -1.3 -2.0 -3.2 -5.1 -8.5 -14.0",
    "sph0645, 7.3 5.1 2.1 0.6 0.2 0 0 0 0 0 0 0 0 0"
  })
  void theResponseIsCorrectedByTheTableRelativeTo1kHz(String key, String table) {
    double[] correctionDb =
        Arrays.stream(table.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    List<Biquad> response = MicrophonePart.of(key).orElseThrow().response();
    for (int i = 0; i < HZ.length; i++) {
      double expected = correctionDb[i] - correctionDb[5];
      assertEquals(expected, gainDb(response, HZ[i]), 0.1, HZ[i] + " Hz");
    }
    assertEquals(0, gainDb(response, 1000), 1e-4);
  }

  /**
   * The vectors of i2s_level: rms of 24-bit samples at levels in dB SPL, all types with −26 dBFS.
   */
  @ParameterizedTest(name = "{0} dB")
  @CsvSource({"30, 187.575", "55, 3335.607", "85, 105481.149", "104, 940101.727"})
  void aLevelFollowsFromTheRmsOfItsSamples(double spl, double rms24) {
    double dbfs = 20 * Math.log10(rms24 / 8388607);
    for (String key : new String[] {"inmp441", "ics43434", "sph0645"}) {
      MicrophonePart part = MicrophonePart.of(key).orElseThrow();
      assertEquals(spl, dbfs + MicrophoneSettings.uncalibrated(part).offsetDb(), 0.001);
    }
  }

  @Test
  void aUnitOfHigherSensitivityHasALowerOffset() {
    MicrophonePart part = MicrophonePart.INMP441;
    double nominal = MicrophoneSettings.uncalibrated(part).offsetDb();
    assertEquals(nominal - 2.5, new MicrophoneSettings(part, -23.5, false).offsetDb(), 1e-9);
  }

  @Test
  void aSensitivityFarFromTheDataSheetIsRefused() {
    MicrophonePart part = MicrophonePart.ICS43434;
    new MicrophoneSettings(part, -20, false);
    assertThrows(IllegalArgumentException.class, () -> new MicrophoneSettings(part, -19.9, false));
    assertThrows(
        IllegalArgumentException.class, () -> new MicrophoneSettings(part, Double.NaN, false));
  }

  @Test
  void anUnknownPartHasNoEntry() {
    assertEquals(Optional.empty(), MicrophonePart.of("sm58"));
  }

  private static double gainDb(List<Biquad> sections, double hz) {
    double gain = 0;
    for (Biquad s : sections) {
      double turn = 2 * Math.PI * hz / 48_000;
      gain += levelDb(s.b0(), s.b1(), s.b2(), turn) - levelDb(1, s.a1(), s.a2(), turn);
    }
    return gain;
  }

  /** |c0 + c1 z⁻¹ + c2 z⁻²| on the unit circle, in dB. */
  private static double levelDb(double c0, double c1, double c2, double turn) {
    double real = c0 + c1 * Math.cos(turn) + c2 * Math.cos(2 * turn);
    double imaginary = c1 * Math.sin(turn) + c2 * Math.sin(2 * turn);
    return 10 * Math.log10(real * real + imaginary * imaginary);
  }
}
