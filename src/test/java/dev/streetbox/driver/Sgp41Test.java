package dev.streetbox.driver;

import static dev.streetbox.measure.Quality.GAS_FAULT;
import static dev.streetbox.measure.Quality.GAS_STUCK;
import static dev.streetbox.measure.Quality.GAS_WARMUP;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of the SGP41 datasheet v1.0, section 3, and of Sensirion/embedded-i2c-sgp41 (c9a981e). */
class Sgp41Test {
  private static final Duration MS_1 = Duration.ofMillis(1);
  private static final Duration MS_50 = Duration.ofMillis(50);
  private static final Duration MS_320 = Duration.ofMillis(320);
  private static final String DEFAULT = " 8000a2 666693";
  private static final String SERIAL = "000081 000081 beef92";
  private static final Sample WARMING_UP = new Sample(Map.of(), Set.of(GAS_WARMUP));

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private Optional<Sample> air = Optional.empty();
  private final Sgp41 sensor = new Sgp41(port, time, () -> air);

  @AfterEach
  void theWholeConversationTookPlace() {
    port.close();
  }

  private static String word(int word) {
    return String.format("%04x%02x", word, SensirionPort.crc8(word));
  }

  private void start(int selfTest) throws IOException {
    port.write("3615").waits(MS_1);
    port.write("3682").waits(MS_1).read(SERIAL);
    port.write("280e").waits(MS_320).read(word(selfTest));
    sensor.start();
  }

  private Sample condition() throws IOException {
    port.write("2612" + DEFAULT).waits(MS_50).read("752318");
    return sensor.read();
  }

  private Sample measure(String compensation, int voc, int nox) throws IOException {
    port.write("2619" + compensation).waits(MS_50).read(word(voc) + word(nox));
    return sensor.read();
  }

  private Sample measure(int voc, int nox) throws IOException {
    return measure(DEFAULT, voc, nox);
  }

  /** To the next read of a grid of one second, of which the last read took 50 ms. */
  private void nextSecond() {
    time.pass(Duration.ofMillis(950));
  }

  /** Past the conditioning and the discarded first signal. */
  private void measuring(int selfTest) throws IOException {
    start(selfTest);
    for (int i = 0; i < 10; i++) {
      condition();
      nextSecond();
    }
    measure(30123, 15321);
    nextSecond();
  }

  /** Past the settling as well. */
  private void settled(int selfTest) throws IOException {
    measuring(selfTest);
    time.pass(Duration.ofSeconds(44));
  }

  @Test
  void tenConditioningsOneASecondComeBeforeTheFirstSignalWhichIsDiscarded() throws IOException {
    start(0xD400);
    for (int i = 0; i < 10; i++) {
      assertEquals(WARMING_UP, condition());
      nextSecond();
    }
    assertEquals(WARMING_UP, measure(30123, 15321));
    nextSecond();
    assertEquals(
        Map.of(Quantity.VOC_RAW, 30124.0, Quantity.NOX_RAW, 15320.0),
        measure(30124, 15320).readings());
  }

  @Test
  void conditioningEndsAfterTenSecondsHoweverFewReadsThereWere() throws IOException {
    start(0xD400);
    condition();
    time.pass(Duration.ofMillis(9_449));
    condition();
    nextSecond();
    assertEquals(WARMING_UP, measure(30123, 15321));
    nextSecond();
    assertEquals(2, measure(30124, 15320).readings().size());
  }

  @Test
  void theSignalsSettleFor45Seconds() throws IOException {
    measuring(0xD400);
    for (int second = 1; second < 45; second++) {
      assertEquals(Set.of(GAS_WARMUP), measure(30000 + second, 15000 + second).flags());
      nextSecond();
    }
    assertEquals(Set.of(), measure(30123, 15321).flags());
  }

  // Datasheet: ticks are RH·65535/100 and (T+45)·65535/175, rounded.
  @ParameterizedTest(name = "{0} %, {1} degC")
  @CsvSource({
    "100, 130, FFFFAC FFFFAC",
    "35.2, 18.5, 5A1CB6 5CE4D7",
    "0, 25, 000081 666693",
    "63.2, 7.31, A1CA16 4C8533",
    "50, 25, 8000A2 666693",
  })
  void theAirBesideItCompensates(double percent, double celsius, String words) throws IOException {
    settled(0xD400);
    air = Optional.of(Sample.of(Map.of(Quantity.HUMIDITY, percent, Quantity.TEMPERATURE, celsius)));
    measure(words.toLowerCase(Locale.ROOT), 30123, 15321);
  }

  @Test
  void halfAnAirCompensatesNothing() throws IOException {
    settled(0xD400);
    air = Optional.of(Sample.of(Map.of(Quantity.HUMIDITY, 90.0)));
    measure(DEFAULT, 30123, 15321);
  }

  @Test
  void conditioningIsNeverCompensated() throws IOException {
    air = Optional.of(Sample.of(Map.of(Quantity.HUMIDITY, 90.0, Quantity.TEMPERATURE, 5.0)));
    start(0xD400);
    condition();
  }

  @ParameterizedTest(name = "{0} % is {1}")
  @CsvSource({"-1, 0", "0, 0", "0.0007, 0", "0.0008, 1", "50, 32768", "100, 65535", "101, 65535"})
  void humidityTicksAreRoundedAndLimited(double percent, int ticks) {
    assertEquals(ticks, Sgp41.humidityTicks(percent));
  }

  @ParameterizedTest(name = "{0} degC is {1}")
  @CsvSource({"-46, 0", "-45, 0", "25, 26214", "130, 65535", "200, 65535"})
  void temperatureTicksAreRoundedAndLimited(double celsius, int ticks) {
    assertEquals(ticks, Sgp41.temperatureTicks(celsius));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 65535})
  void aSignalAtEitherEndIsAFaultAndNoReading(int ticks) throws IOException {
    settled(0xD400);
    Sample sample = measure(ticks, 15321);
    assertEquals(Map.of(Quantity.NOX_RAW, 15321.0), sample.readings());
    assertEquals(Set.of(GAS_FAULT), sample.flags());
  }

  @Test
  void theSignalsNextToTheEndsAreReadings() throws IOException {
    settled(0xD400);
    assertEquals(
        Sample.of(Map.of(Quantity.VOC_RAW, 1.0, Quantity.NOX_RAW, 65534.0)), measure(1, 65534));
  }

  // Only the lowest two bits count: embedded-i2c-sgp41.
  @ParameterizedTest(name = "self-test {0}")
  @CsvSource({"0xD401, false, true", "0xD402, true, false", "0xD403, false, false"})
  void aPixelThatFailedItsSelfTestIsAFaultAndNoReading(String word, boolean voc, boolean nox)
      throws IOException {
    settled(Integer.decode(word));
    Sample sample = measure(30123, 15321);
    assertEquals(voc, sample.get(Quantity.VOC_RAW).isPresent());
    assertEquals(nox, sample.get(Quantity.NOX_RAW).isPresent());
    assertEquals(Set.of(GAS_FAULT), sample.flags());
  }

  @Test
  void theOtherBitsOfTheSelfTestMeanNothing() throws IOException {
    settled(0x4BFC);
    assertEquals(Set.of(), measure(30123, 15321).flags());
  }

  @Test
  void aSignalThatNeverChangesIsStuck() throws IOException {
    settled(0xD400);
    measure(30123, 15321);
    time.pass(Duration.ofMillis(299_949));
    assertEquals(Set.of(), measure(30124, 15321).flags());
    assertEquals(Set.of(GAS_STUCK), measure(30125, 15321).flags());
    assertEquals(Set.of(), measure(30126, 15322).flags());
  }

  @Test
  void aWrongChecksumOfOneSignalIsNoReadingOfEither() throws IOException {
    settled(0xD400);
    port.write("2619" + DEFAULT).waits(MS_50).read("75abdb 3bd900");
    FrameException fault = assertThrows(FrameException.class, sensor::read);
    assertTrue(fault.getMessage().contains("word 1"), fault.getMessage());
  }

  @Test
  void aShortReadIsABusFault() throws IOException {
    settled(0xD400);
    port.write("2619" + DEFAULT).waits(MS_50);
    port.readFails(new BusException("answered 3 of 6 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aMissingPartIsABusFault() {
    port.writeNack("3615");
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void aPartThatIsNotReadyYetIsABusFault() throws IOException {
    settled(0xD400);
    port.write("2619" + DEFAULT).waits(MS_50).readNack();
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aPartFoundMeasuringIsConditionedAnew() throws IOException {
    settled(0xD400);
    measure(30123, 15321);
    start(0xD400);
    assertEquals(WARMING_UP, condition());
  }

  @Test
  void aSerialOfZeroIsNoPart() {
    port.write("3615").waits(MS_1).write("3682").waits(MS_1).read("000081 000081 000081");
    assertThrows(FrameException.class, sensor::start);
  }

  @Test
  void closingSwitchesTheHeaterOffAndNeverFails() {
    port.write("3615").waits(MS_1);
    sensor.close();
    port.writeNack("3615");
    sensor.close();
  }

  @Test
  void itIsReadOnceASecond() {
    assertEquals(Duration.ofSeconds(1), sensor.period());
    assertEquals(Duration.ofMillis(2_500), sensor.fresh());
  }
}
