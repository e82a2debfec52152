package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorTest {
  private static final int RATE_HZ = 48_000;

  /** The rms relative to full scale of a microphone of −26 dBFS at 94 dB. */
  private static final double AT_94 = -26 - 10 * Math.log10(2);

  @ParameterizedTest(name = "{0} dB on a unit {1} dB off")
  @CsvSource({"94, 0", "94, 2.5", "94, -5.9", "114, 0", "114, -3", "114, 5.9"})
  void aToneOf1kHzGivesTheSensitivityOfTheUnit(double referenceDb, double offDb) {
    Calibrator calibrator = hearing(sine(1000, AT_94 + referenceDb - 94 + offDb));
    assertEquals(Optional.empty(), calibrator.rejectionReason(referenceDb));
    assertEquals(-26 + offDb, calibrator.measure(referenceDb).sensitivityDbfs(), 0.01);
    Calibrator.Tone noticed = calibrator.detectedTone().orElseThrow();
    assertEquals(referenceDb, noticed.referenceDb());
    assertEquals(-26 + offDb, noticed.sensitivityDbfs(), 0.01);
  }

  @Test
  void theCertificatesLevelIsUsed() {
    Calibrator calibrator = hearing(sine(1000, AT_94));
    assertEquals(-25.8, calibrator.measure(93.8).sensitivityDbfs(), 0.01);
    assertTrue(calibrator.rejectionReason(104).orElseThrow().contains("94 or 114"));
    assertTrue(calibrator.rejectionReason(Double.NaN).isPresent());
  }

  @ParameterizedTest(name = "{0} Hz")
  @ValueSource(doubles = {250, 500, 900, 970, 1030, 1100, 2000, 4000})
  void aToneOfAnotherFrequencyIsRefusedByItsFrequency(double hz) {
    refused(sine(hz, AT_94), "not 1000 Hz");
  }

  @ParameterizedTest(name = "{0} Hz")
  @ValueSource(doubles = {990, 1000, 1010})
  void aCalibratorOfClass2IsDetected(double hz) {
    assertTrue(hearing(sine(hz, AT_94)).detectedTone().isPresent());
  }

  @Test
  void aToneOfRisingLevelIsRefused() {
    refused(n -> sine(1000, AT_94).applyAsDouble(n) * (1 + n * 0.01 / RATE_HZ), "not steady");
  }

  @Test
  void aToneOfFluctuatingLevelIsRefused() {
    refused(
        n -> sine(1000, AT_94).applyAsDouble(n) * (1 + 0.02 * Math.sin(n * 6.0 / RATE_HZ)),
        "not steady");
  }

  @Test
  void aToneAmongTrafficIsRefused() {
    double[] rumble = Signals.pink(new SplittableRandom(1), AT_94 - 15, 6 * RATE_HZ);
    refused(n -> sine(1000, AT_94).applyAsDouble(n) + rumble[n], "");
  }

  @Test
  void aToneOverAFaintHumIsRefused() {
    refused(n -> sine(1000, AT_94).applyAsDouble(n) + sine(100, AT_94 - 22).applyAsDouble(n), "");
  }

  @Test
  void aSquareWaveIsRefused() {
    refused(n -> 0.05 * Math.signum(Math.sin(2 * Math.PI * (n + 0.5) / 48)), "");
  }

  @Test
  void aToneTooLoudForAnyUnitIsRefused() {
    refused(sine(1000, AT_94 + 7), "would have to be +7.0 dB off");
    refused(sine(1000, AT_94 - 40), "off");
  }

  @Test
  void noiseAndSilenceAreRefused() {
    double[] noise = Signals.pink(new SplittableRandom(2), -30, 6 * RATE_HZ);
    refused(n -> noise[n], "not 1000 Hz");
    refused(n -> 0, "not 1000 Hz");
  }

  @Test
  void fourSecondsAreNotEnough() {
    Calibrator calibrator = hearing(sine(1000, AT_94));
    calibrator.clear();
    SoundLevels second = new SoundLevels(AT_94, AT_94, AT_94, AT_94, AT_94 + 3.01, 1000);
    for (int i = 0; i < 4; i++) {
      calibrator.add(second);
    }
    assertEquals("only 4 of 5 seconds measured", calibrator.rejectionReason(94).orElseThrow());
    assertEquals(Optional.empty(), calibrator.detectedTone());
    assertThrows(IllegalStateException.class, () -> calibrator.measure(94));
  }

  @Test
  void onlyTheLastFiveSecondsCount() {
    Calibrator calibrator = hearing(sine(250, AT_94));
    SoundLevels second = new SoundLevels(AT_94, AT_94, AT_94, AT_94, AT_94 + 3.01, 1000);
    for (int i = 0; i < Calibrator.SECONDS; i++) {
      assertEquals(Optional.empty(), calibrator.detectedTone());
      calibrator.add(second);
    }
    assertTrue(calibrator.detectedTone().isPresent());
  }

  private static void refused(IntToDoubleFunction sound, String why) {
    Calibrator calibrator = hearing(sound);
    String reason = calibrator.rejectionReason(94).orElse("none");
    assertTrue(!reason.equals("none") && reason.contains(why), reason);
    assertEquals(Optional.empty(), calibrator.detectedTone());
  }

  private static IntToDoubleFunction sine(double hz, double rmsDbfs) {
    double amplitude = Math.sqrt(2) * Math.pow(10, rmsDbfs / 20);
    return n -> amplitude * Math.sin(2 * Math.PI * hz * n / RATE_HZ);
  }

  /** Measures five seconds, after one for the filters. */
  private static Calibrator hearing(IntToDoubleFunction sound) {
    SoundMeter meter = new SoundMeter(RATE_HZ, RATE_HZ);
    Calibrator calibrator = new Calibrator(MicrophonePart.INMP441);
    double[] second = new double[RATE_HZ];
    for (int s = 0; s <= Calibrator.SECONDS; s++) {
      int from = s * RATE_HZ;
      Arrays.setAll(second, n -> sound.applyAsDouble(from + n));
      meter.add(second, RATE_HZ);
      if (s == 0) {
        meter.settle();
      } else {
        calibrator.add(meter.take());
      }
    }
    return calibrator;
  }
}
