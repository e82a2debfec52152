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

/** Tests with commands and status of the SHT3x-DIS datasheet v4, tables 4, 8, 13 and 17. */
class Sht3xTest {
  private static final Duration MS_1 = Duration.ofMillis(1);
  private static final Duration MS_1_5 = Duration.ofNanos(1_500_000);
  private static final Duration MS_15 = Duration.ofMillis(15);
  private static final String HEALTHY = "000081";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Sht3x sensor = new Sht3x(port, time);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private Sample read(String answer) throws IOException {
    port.write("2400").waits(MS_15).read(answer).write("f32d").read(HEALTHY);
    return sensor.read();
  }

  private void resets(String status) {
    port.write("3093").waits(MS_1).write("30a2").waits(MS_1_5).write("f32d").read(status);
  }

  @Test
  void theEndsOfTheHumiditysScaleAreNoReadings() {
    for (int ticks : new int[] {0, 65_535}) {
      Sample sample = Sht3x.decode(new int[] {26_214, ticks}).build();
      assertEquals(Set.of(Quantity.TEMPERATURE), sample.readings().keySet());
      assertEquals(Set.of(OUT_OF_RANGE), sample.flags(), "at " + ticks);
    }
    assertEquals(2, Sht3x.decode(new int[] {26_214, 1}).build().readings().size());
    assertEquals(2, Sht3x.decode(new int[] {26_214, 65_534}).build().readings().size());
  }

  @Test
  void startingEndsAPeriodicModeResetsThePartAndChecksItsStatus() throws IOException {
    resets(words(0x8010));
    port.write("3041");
    sensor.start();
  }

  // Bytes of the SHTC3 datasheet's example (5.11), by this part's formula (dbrgn/shtcx-rs 0cfcb5d).
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "648bc7a1331c, 23.7316, 62.9694",
    "666693beef92, 25, 74.5846",
    "8000a28000a2, 42.5013, 50.0008",
  })
  void wordsBecomeTemperatureAndHumidity(String answer, double celsius, double percent)
      throws IOException {
    Sample sample = read(answer);
    assertEquals(celsius, sample.get(Quantity.TEMPERATURE).orElseThrow(), 5e-5);
    assertEquals(percent, sample.get(Quantity.HUMIDITY).orElseThrow(), 5e-5);
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void theFormulasHaveTheDatasheetsLimits() {
    assertEquals(-45, Sht3x.celsius(0));
    assertEquals(130, Sht3x.celsius(0xFFFF));
    assertEquals(0, Sht3x.percent(0));
    assertEquals(100, Sht3x.percent(0xFFFF));
  }

  @ParameterizedTest(name = "{0} degC is {2}")
  @CsvSource({
    "-40.001, 1872, false",
    "-39.998, 1873, true",
    "125, 63662, true",
    "125.0, 63663, false"
  })
  void temperatureOutsideThePartsRangeOmitsBothReadings(String celsius, int ticks, boolean given)
      throws IOException {
    Sample sample = read(words(ticks, 0x8000));
    assertEquals(
        given ? Set.of(Quantity.TEMPERATURE, Quantity.HUMIDITY) : Set.of(),
        sample.readings().keySet());
    assertEquals(given ? Set.of() : Set.of(OUT_OF_RANGE), sample.flags());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"000081 000081", "ffffac ffffac"})
  void zerosOrOnesWithTheRightChecksumAreOutOfRange(String answer) throws IOException {
    assertEquals(new Sample(Map.of(), Set.of(OUT_OF_RANGE)), read(answer));
  }

  @ParameterizedTest(name = "{0}: word {1}")
  @CsvSource({"648bc8a1331c, 0", "648bc7a1331d, 1", "000000000000, 0", "ffffffffffff, 0"})
  void aWrongChecksumIsAFrameFaultAndNoReading(String answer, int word) {
    port.write("2400").waits(MS_15).read(answer);
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("word " + word), error.getMessage());
  }

  @Test
  void aReadingWithTheHeaterOnIsAFrameFault() {
    port.write("2400").waits(MS_15).read("648bc7a1331c").write("f32d").read(words(0x2000));
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("heater"), error.getMessage());
  }

  @Test
  void aPartThatLostItsSupplyForAMomentIsOneFrameFault() throws IOException {
    port.write("2400").waits(MS_15).read("648bc7a1331c").write("f32d").read(words(0x8010));
    port.write("3041");
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("supply"), error.getMessage());
    assertEquals(2, read("648bc7a1331c").readings().size());
  }

  @Test
  void aStatusWithAWrongChecksumIsAFrameFault() {
    port.write("2400").waits(MS_15).read("648bc7a1331c").write("f32d").read("000082");
    assertThrows(FrameException.class, sensor::read);
  }

  // 8c10, no alert but the reset: fine; 0000 and 2010: not reset, or still heating.
  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0x0000, 0x2010, 0x8002})
  void aPartWhoseStatusShowsNoResetIsAFrameFault(int status) {
    resets(words(status));
    assertThrows(FrameException.class, sensor::start);
  }

  @Test
  void alertBitsAreIgnored() throws IOException {
    resets("8c1055");
    port.write("3041");
    sensor.start();
  }

  @Test
  void wordsUnchangedForAMinuteAreAFrameFaultAlsoAfterARestart() throws IOException {
    read("648bc7a1331c");
    time.pass(Duration.ofSeconds(60));
    assertThrows(FrameException.class, () -> read("648bc7a1331c"));
    startingEndsAPeriodicModeResetsThePartAndChecksItsStatus();
    assertThrows(FrameException.class, () -> read("648bc7a1331c"));
    assertEquals(2, read("666693a1331c").readings().size());
  }

  @Test
  void aShortReadIsABusFault() {
    port.write("2400").waits(MS_15);
    port.readFails(new BusException("answered 3 of 6 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aMissingPartIsABusFault() {
    port.writeNack("3093");
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void aPartThatIsNotReadyYetIsABusFault() {
    port.write("2400").waits(MS_15).readNack();
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
}
