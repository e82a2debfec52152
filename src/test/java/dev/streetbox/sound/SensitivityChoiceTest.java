package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the choice of a unit's sensitivity; an INMP441 has -26 dBFS by its datasheet. */
class SensitivityChoiceTest {
  private static MicrophoneSettings of(Double calibratedDbfs, double configuredDbfs) {
    OptionalDouble calibrated =
        calibratedDbfs == null ? OptionalDouble.empty() : OptionalDouble.of(calibratedDbfs);
    return new MicrophoneSettings(MicrophonePart.INMP441, configuredDbfs, true)
        .calibrated(calibrated);
  }

  @ParameterizedTest(name = "calibrated {0}, configured {1}: {2}")
  @CsvSource({
    ", -26, -26",
    ", -25.3, -25.3",
    "-26.42, -26, -26.42",
    "-26.42, -25.3, -26.42",
    "-20, -25.3, -20",
    "-32, -25.3, -32",
    "-19.9, -25.3, -25.3",
    "-32.1, -26, -26"
  })
  void aPlausibleSensitivityOfACalibratorReplacesTheConfiguredOne(
      Double calibratedDbfs, double configuredDbfs, double dbfs) {
    MicrophoneSettings unit = of(calibratedDbfs, configuredDbfs);
    assertEquals(dbfs, unit.sensitivityDbfs());
    assertTrue(unit.corrected());
  }

  @Test
  void aConfiguredSensitivityThatNoUnitHasIsABug() {
    assertThrows(IllegalArgumentException.class, () -> of(null, -19));
  }
}
