package dev.streetbox.driver;

import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests with calibration and data of a real part by periph/devices (1752d1b, Apache-2.0), bmxx80.
 */
class Bme280Test {
  private static final String LOW = "106e6c6632005d95b8d5d00b771e9dfff9ffac260ad8bd10004b";
  private static final String HIGH = "6e01001305001e";
  private static final String RECORDED = "4a52c08096c07a76";

  /** First five bytes of a burst: the settings, and no measurement running. */
  private static final String SETTINGS = "010024a000";

  private static final Duration MS_1 = Duration.ofMillis(1);
  private static final Duration MS_2 = Duration.ofMillis(2);
  private static final Duration MS_9_3 = Duration.ofNanos(9_300_000);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Bme280 sensor = new Bme280(port, time);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private ScriptedI2c resets() {
    return port.write("d0").read("60").write("e0b6").waits(MS_2).write("f3").read("00");
  }

  private void calibrated(String low, String high) {
    port.write("88").read(low).write("e1").read(high);
  }

  private void start() throws IOException {
    resets();
    calibrated(LOW, HIGH);
    calibrated(LOW, HIGH);
    port.write("f5a0");
    sensor.start();
  }

  private Sample read(String burst) throws IOException {
    port.write("f201f425").waits(MS_9_3).write("f2").read(burst);
    if (burst.startsWith(SETTINGS)) {
      port.write("f2").read(burst);
    }
    return sensor.read();
  }

  @Test
  void aMeasurementThatReadsDifferentlyTheSecondTimeIsAFrameFault() throws IOException {
    start();
    port.write("f201f425").waits(MS_9_3).write("f2").read(SETTINGS + RECORDED);
    port.write("f2").read(SETTINGS + RECORDED.replace("4a", "4b"));
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void aHumidityAtAnEndOfItsScaleOrFarBeyondIsNoReading() throws IOException {
    start();
    for (String raw : new String[] {"0000", "ffff", "0001", "fffe"}) {
      Sample sample = read(SETTINGS + RECORDED.substring(0, 12) + raw);
      assertEquals(Set.of(Quantity.TEMPERATURE, Quantity.PRESSURE), sample.readings().keySet());
      assertEquals(Set.of(OUT_OF_RANGE), sample.flags(), "at " + raw);
    }
  }

  @Test
  void startingIdentifiesAndResetsThePartAndReadsItsCalibrationTwice() throws IOException {
    start();
  }

  @Test
  void aRecordedReplyGivesTheRecordedReadings() throws IOException {
    start();
    Sample sample = read(SETTINGS + RECORDED);
    assertEquals(23.72, sample.get(Quantity.TEMPERATURE).orElseThrow(), 1e-9);
    assertEquals(1009.426953125, sample.get(Quantity.PRESSURE).orElseThrow(), 1e-9);
    assertEquals(65.3056640625, sample.get(Quantity.HUMIDITY).orElseThrow(), 1e-9);
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void aLongerMeasurementIsPolledAgain() throws IOException {
    start();
    port.write("f201f425").waits(MS_9_3).write("f2").read("010825a000" + RECORDED);
    port.waits(MS_1).write("f2").read(SETTINGS + RECORDED);
    port.write("f2").read(SETTINGS + RECORDED);
    assertEquals(3, sensor.read().readings().size());
  }

  @Test
  void aMeasurementThatNeverEndsIsABusFault() throws IOException {
    start();
    port.write("f201f425").waits(MS_9_3);
    for (int poll = 0; poll < 5; poll++) {
      port.write("f2").read("010825a000" + RECORDED).waits(MS_1);
    }
    assertThrows(BusException.class, sensor::read);
  }

  @ParameterizedTest(name = "id {0}: {1}")
  @CsvSource({
    "58, BMP280",
    "56, BMP280",
    "57, BMP280",
    "61, BME680",
    "00, none",
    "ff, none",
    "1b, another"
  })
  void anotherPartAtTheAddressIsNamed(String id, String name) {
    port.write("d0").read(id);
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains(name), error.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"00", "ff"})
  void aCalibrationOfZerosOrOnesIsAFrameFault(String every) {
    resets();
    calibrated(every.repeat(26), every.repeat(7));
    calibrated(every.repeat(26), every.repeat(7));
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("calibration"), error.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"00", "ff"})
  void aHumidityCalibrationOfZerosOrOnesIsAFrameFault(String every) {
    resets();
    calibrated(LOW, every.repeat(7));
    calibrated(LOW, every.repeat(7));
    assertThrows(FrameException.class, sensor::start);
  }

  @Test
  void aCalibrationThatReadsDifferentlyEachTimeIsAFrameFault() {
    resets();
    calibrated(LOW, HIGH);
    calibrated(LOW, HIGH.replace("13", "12"));
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("wires"), error.getMessage());
  }

  @Test
  void theCopyingOfTheCalibrationIsAwaitedForAtMostFivePolls() throws IOException {
    port.write("d0").read("60").write("e0b6").waits(MS_2).write("f3").read("01");
    port.waits(MS_1).write("f3").read("00");
    calibrated(LOW, HIGH);
    calibrated(LOW, HIGH);
    port.write("f5a0");
    sensor.start();
    port.write("d0").read("60").write("e0b6").waits(MS_2);
    for (int poll = 0; poll < 5; poll++) {
      port.write("f3").read("01").waits(MS_1);
    }
    assertThrows(BusException.class, sensor::start);
  }

  // After a brown-out, with another part's settings, all zeros, all ones, asleep without having
  // measured.
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "0000000000 80000080000080008000",
        "000024a000 4a52c08096c07a76",
        "0100240000 4a52c08096c07a76",
        "01002ca000 4a52c08096c07a76",
        "0000000000 0000000000000000",
      })
  void aPartWithoutItsSettingsIsStartedAgainAndNotRead(String burst) throws IOException {
    start();
    String bytes = burst.replace(" ", "").substring(0, 26);
    BusException error = assertThrows(BusException.class, () -> read(bytes));
    assertFalse(error.isNack(), "a NACK would be read again");
    assertTrue(error.getMessage().contains("instead of 01 24 a0"), error.getMessage());
  }

  @Test
  void anUndrivenBusIsABusFault() throws IOException {
    start();
    port.write("f201f425").waits(MS_9_3);
    for (int poll = 0; poll < 5; poll++) {
      port.write("f2").read("ff".repeat(13)).waits(MS_1);
    }
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aChannelThatWasNotMeasuredIsAbsent() throws IOException {
    start();
    assertEquals(
        Set.of(Quantity.TEMPERATURE, Quantity.PRESSURE),
        read(SETTINGS + "4a52c08096c08000").readings().keySet());
    assertEquals(
        Set.of(Quantity.TEMPERATURE, Quantity.HUMIDITY),
        read(SETTINGS + "8000008096c07a76").readings().keySet());
    assertEquals(Sample.NOTHING, read(SETTINGS + "4a52c08000007a76"));
    assertEquals(Sample.NOTHING, read(SETTINGS + "8000008000008000"));
  }

  // Temperatures of −46 and 88 °C; pressures of about 1117 and 247 hPa at 23.72 °C.
  @ParameterizedTest(name = "{0}")
  @CsvSource({"4a52c04000007a76, 0", "4a52c0c000007a76, 0", "3a0000 8096c0 7a76, 2"})
  void valuesOutsideThePartsRangeAreOmitted(String data, int left) throws IOException {
    start();
    Sample sample = read(SETTINGS + data.replace(" ", ""));
    assertEquals(left, sample.readings().size(), sample.toString());
    assertEquals(Set.of(OUT_OF_RANGE), sample.flags());
  }

  @Test
  void rawValuesUnchangedForAMinuteAreAFrameFault() throws IOException {
    start();
    read(SETTINGS + RECORDED);
    time.pass(Duration.ofMinutes(1));
    assertThrows(FrameException.class, () -> read(SETTINGS + RECORDED));
    start();
    assertThrows(FrameException.class, () -> read(SETTINGS + RECORDED));
    assertEquals(3, read(SETTINGS + "4a52d08096c07a76").readings().size());
  }

  @Test
  void aMissingPartAndAShortReadAreBusFaults() throws IOException {
    port.writeNack("d0");
    assertThrows(BusException.class, sensor::start);
    start();
    port.writeNack("f201f425");
    assertThrows(BusException.class, sensor::read);
    port.write("f201f425").waits(MS_9_3).write("f2");
    port.readFails(new BusException("answered 8 of 13 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void closingSendsNothing() {
    sensor.close();
  }

  @Test
  void thePartIsReadOnceASecond() {
    assertEquals(Duration.ofSeconds(1), sensor.rhythm().period());
    assertEquals(Duration.ofSeconds(3), sensor.rhythm().fresh());
  }

  /** −40.00 and 85.00 °C, at which the formulas of pressure and humidity still hold. */
  @ParameterizedTest(name = "{0} degC")
  @CsvSource({"-40, 4a52c0 4ed000 7a76", "85, 5a52c0 b06c00 7a76"})
  void atTheEndsOfItsTemperatureThePartGivesAllThree(double celsius, String data)
      throws IOException {
    start();
    Sample sample = read(SETTINGS + data.replace(" ", ""));
    assertEquals(celsius, sample.get(Quantity.TEMPERATURE).orElseThrow());
    assertEquals(3, sample.readings().size(), sample.toString());
  }

  /** Humidities of −4 % at −15.76 °C and of 110 % at −16.08 °C. */
  @ParameterizedTest(name = "{1} % for {0}")
  @CsvSource({"4a52c0 61c000 4a3d, 0", "4a52c0 618000 a16d, 100"})
  void theLastHumidityThatIsLimitedIsGiven(String data, double percent) throws IOException {
    start();
    Sample sample = read(SETTINGS + data.replace(" ", ""));
    assertEquals(percent, sample.get(Quantity.HUMIDITY).orElseThrow());
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void aPartWithoutASerialNumberStatesNothing() throws IOException {
    start();
    assertEquals(PartIdentity.NONE, sensor.identity());
  }
}
