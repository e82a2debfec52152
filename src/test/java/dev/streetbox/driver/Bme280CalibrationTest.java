package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.FrameException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests Bosch's integer formulas (BST-BME280-DS001 rev 1.23, 4.2.3) against recorded values. */
class Bme280CalibrationTest {
  private static Bme280Calibration calibration(String low, String high) throws FrameException {
    return new Bme280Calibration(HexFormat.of().parseHex(low), HexFormat.of().parseHex(high));
  }

  // The first two by periph/devices (1752d1b), the third Pi4J's fixture with an odd last nibble.
  @ParameterizedTest(name = "T {2}, P {3}, H {4}")
  @CsvSource({
    "106e6c6632005d95b8d5d00b771e9dfff9ffac260ad8bd10004b, 6e01001305001e,"
        + " 526700, 304428, 31350, 121449, 23.72, 25841330, 66873",
    "106e6c665e015d95b8d5d00b771e9dfff9ffac260ad8bd10004b, 6e01001305001e,"
        + " 524112, 309104, 30987, 117407, 22.93, 25611063, 64686",
    "006e8e673200439166d6d00bc31b2c00f9ffb42de8d18813004b, 6e01001327031e,"
        + " 519184, 355376, 31570, 111049, 21.69, 24782673, 66502",
  })
  void theFormulasGiveTheReferencesTicks(
      String low,
      String high,
      int rawT,
      int rawP,
      int rawH,
      int fine,
      double celsius,
      long pressureQ24,
      long humidityQ22)
      throws FrameException {
    Bme280Calibration calibration = calibration(low, high);
    assertEquals(fine, calibration.fine(rawT));
    assertEquals(celsius, Bme280Calibration.celsius(fine));
    assertEquals(pressureQ24 / 25_600.0, calibration.hectopascal(rawP, fine));
    assertEquals(humidityQ22 / 1024.0, calibration.percent(rawH, fine));
  }

  /** Example of BST-BMP280-DS001, 3.12: 25.08 °C and 100653.27 Pa, here to 0.02 Pa. */
  @Test
  void theDatasheetsExampleGivesItsResult() throws FrameException {
    Bme280Calibration calibration =
        calibration("706b436718fc7d8e43d6d00b270b8c00f9ff8c3cf8c670170000", "6e01001305001e");
    assertEquals(25.08, Bme280Calibration.celsius(calibration.fine(519_888)));
    assertEquals(1006.5325390625, calibration.hectopascal(415_148, calibration.fine(519_888)));
  }

  @Test
  void h4AndH5AreSignedTwelveBitsThatShareAByte() throws FrameException {
    String low = "106e6c6632005d95b8d5d00b771e9dfff9ffac260ad8bd10004b";
    // H4 = f81 is −127 and H5 = fe2 is −30; without H5's sign the humidity would be 11.6 %.
    Bme280Calibration calibration = calibration(low, "6e0100f821fe1e");
    assertEquals(76_223 / 1024.0, calibration.percent(5_000, 121_449));
    assertEquals(53_317 / 1024.0, calibration.percent(1_000, 121_449));
  }

  @Test
  void humidityIsLimitedTo0To100Percent() throws FrameException {
    Bme280Calibration calibration =
        calibration("106e6c6632005d95b8d5d00b771e9dfff9ffac260ad8bd10004b", "6e01001305001e");
    assertEquals(100, calibration.percent(65_535, 121_449));
    assertEquals(0, calibration.percent(1, 121_449));
  }

  /** Seed 7: without a checksum any value may arrive, and each must give a finite number. */
  @Test
  void anyRawValueOfAnyCalibrationGivesAFiniteNumber() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] low = new byte[Bme280Calibration.LOW_BYTES];
    byte[] high = new byte[Bme280Calibration.HIGH_BYTES];
    int finite = 0;
    for (int n = 0; n < 100_000; n++) {
      random.nextBytes(low);
      random.nextBytes(high);
      try {
        Bme280Calibration calibration = new Bme280Calibration(low, high);
        int fine = calibration.fine(random.nextInt(1 << 20));
        double percent = calibration.percent(random.nextInt(1 << 16), fine);
        assertTrue(percent >= 0 && percent <= 100, "humidity " + percent);
        assertTrue(Double.isFinite(calibration.hectopascal(random.nextInt(1 << 20), fine)));
        finite++;
      } catch (FrameException e) {
        // All zeros or ones in a word that is checked.
      }
    }
    assertTrue(finite > 99_000);
  }

  /** Expected by the formulas in floating point (BST-BME280-DS001, 8.1) with dig_H3 = 100. */
  @ParameterizedTest(name = "t_fine {0}: {1} %")
  @CsvSource({"121449, 65.3901", "-88319, 60.5073"})
  void theHumidityDependsOnTheTemperatureByH3(int fine, double percent) throws FrameException {
    Bme280Calibration calibration =
        calibration("106e6c6632005d95b8d5d00b771e9dfff9ffac260ad8bd10004b", "6e01641305001e");
    assertEquals(percent, calibration.percent(0x7a76, fine), 0.001);
  }
}
