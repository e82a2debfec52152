package dev.streetbox.driver;

import static dev.streetbox.driver.SensirionHex.words;
import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with replies recorded from a real part by periph/devices (1752d1b, Apache-2.0), sht4x. */
class Sht4xTest {
  private static final Duration MS_1 = Duration.ofMillis(1);
  private static final Duration MS_8_3 = Duration.ofNanos(8_300_000);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Sht4x sensor = new Sht4x(port, time);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private Sample read(String answer) throws IOException {
    port.write("fd").waits(MS_8_3).read(answer);
    return sensor.read();
  }

  @Test
  void anImpossibleTemperatureTakesTheHumidityWithIt() {
    for (int ticks : new int[] {0, 1_000, 64_000, 65_535}) {
      Sample sample = Sht4x.decode(new int[] {ticks, 30_000}).build();
      assertEquals(new Sample(Map.of(), Set.of(OUT_OF_RANGE)), sample, "at " + ticks);
    }
  }

  @Test
  void startingResetsThePartAndReadsItsSerial() throws IOException {
    port.write("94").waits(MS_1).write("89").waits(MS_1).read("0d2047 610111");
    sensor.start();
    assertEquals(new PartIdentity("0d206101", ""), sensor.identity());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "66ee504cbf2d, 25.3632, 31.4743",
    "66db604cf698, 25.3124, 31.5792",
    "66d44e4d3fa3, 25.2937, 31.7184",
    "66baea4d7181, 25.2243, 31.8138",
    "66b3624db0f7, 25.2056, 31.9339",
    "669ea84dce10, 25.1495, 31.9911",
    "bcb8a2144bbb, 84.0089, 3.9088",
  })
  void recordedRepliesBecomeTemperatureAndHumidity(String answer, double celsius, double percent)
      throws IOException {
    Sample sample = read(answer);
    assertEquals(celsius, sample.get(Quantity.TEMPERATURE).orElseThrow(), 5e-5);
    assertEquals(percent, sample.get(Quantity.HUMIDITY).orElseThrow(), 5e-5);
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void theFormulasHaveTheDatasheetsLimits() {
    assertEquals(-45, Sht4x.celsius(0));
    assertEquals(130, Sht4x.celsius(0xFFFF));
    assertEquals(-6, Sht4x.percent(0));
    assertEquals(119, Sht4x.percent(0xFFFF));
  }

  @ParameterizedTest(name = "{0} reads {1} %")
  @CsvSource({"3145, 0", "3146, 0.0006", "1049, 0", "55574, 100", "60816, 100"})
  void humidityALittleOutsideIsLimited(int ticks, double percent) throws IOException {
    Sample sample = read(words(0x6666, ticks));
    assertEquals(percent, sample.get(Quantity.HUMIDITY).orElseThrow(), 1e-4);
    assertEquals(Set.of(), sample.flags());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 1048, 60818, 65535})
  void humidityFarOutsideIsOmitted(int ticks) throws IOException {
    Sample sample = read(words(0x6666, ticks));
    assertEquals(Set.of(Quantity.TEMPERATURE), sample.readings().keySet());
    assertEquals(Set.of(OUT_OF_RANGE), sample.flags());
  }

  @ParameterizedTest(name = "{0} degC is {2}")
  @CsvSource({
    "-40.001, 1872, false",
    "-39.998, 1873, true",
    "125, 63662, true",
    "125.0, 63663, false"
  })
  void temperatureOutsideThePartsRangeIsOmitted(String celsius, int ticks, boolean given)
      throws IOException {
    Sample sample = read(words(ticks, 0x8000));
    assertEquals(given, sample.get(Quantity.TEMPERATURE).isPresent());
    assertEquals(given ? Set.of() : Set.of(OUT_OF_RANGE), sample.flags());
  }

  @Test
  void allOnesWithTheRightChecksumAreOutOfRange() throws IOException {
    assertEquals(new Sample(Map.of(), Set.of(OUT_OF_RANGE)), read("ffffac ffffac"));
  }

  @ParameterizedTest(name = "{0}: word {1}")
  @CsvSource({"6336655a7c0d, 0", "66ee504cbf2e, 1", "000000000000, 0", "ffffffffffff, 0"})
  void aWrongChecksumIsAFrameFaultAndNoReading(String answer, int word) {
    FrameException error = assertThrows(FrameException.class, () -> read(answer));
    assertTrue(error.getMessage().contains("word " + word), error.getMessage());
  }

  @Test
  void aShortReadIsABusFault() {
    port.write("fd").waits(MS_8_3);
    port.readFails(new BusException("answered 3 of 6 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aMissingPartIsABusFault() {
    port.writeNack("94");
    BusException error = assertThrows(BusException.class, sensor::start);
    assertTrue(error.isNack());
  }

  @Test
  void aPartThatIsNotReadyYetIsABusFault() {
    port.write("fd").waits(MS_8_3).readNack();
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aPartFoundHeatingDoesNotAcknowledgeAndIsStartedLater() throws IOException {
    port.writeNack("94");
    assertThrows(BusException.class, sensor::start);
    startingResetsThePartAndReadsItsSerial();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"000081 000081", "ffffac ffffac"})
  void aSerialOfZerosOrOnesIsAFrameFault(String serial) {
    port.write("94").waits(MS_1).write("89").waits(MS_1).read(serial);
    assertThrows(FrameException.class, sensor::start);
  }

  @Test
  void wordsUnchangedForAMinuteAreAFrameFaultAlsoAfterARestart() throws IOException {
    read("66ee504cbf2d");
    time.pass(Duration.ofSeconds(59));
    read("66ee504cbf2d");
    time.pass(Duration.ofSeconds(1));
    assertThrows(FrameException.class, () -> read("66ee504cbf2d"));
    startingResetsThePartAndReadsItsSerial();
    assertThrows(FrameException.class, () -> read("66ee504cbf2d"));
    assertEquals(2, read("66db604cf698").readings().size());
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
}
