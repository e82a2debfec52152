package dev.streetbox.driver;

import static dev.streetbox.driver.SensirionHex.words;
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
import dev.streetbox.measure.Quality;
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

/**
 * Tests with bytes of the SGP40 datasheet v1.2, section 4, and of Sensirion/embedded-i2c-sgp40
 * (00b90df).
 */
class Sgp40Test {
  private static final Duration MS_1 = Duration.ofMillis(1);
  private static final Duration MS_30 = Duration.ofMillis(30);
  private static final Duration MS_320 = Duration.ofMillis(320);
  private static final String DEFAULT = " 8000a2 666693";
  private static final String SERIAL = "000081 000081 beef92";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private Optional<Sample> air = Optional.empty();
  private final RememberedGas memory = new RememberedGas();
  private final Sgp40 sensor = new Sgp40(port, time, () -> air, memory);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private ScriptedI2c identified(String serial, int selfTest) {
    port.write("3615").waits(MS_1);
    port.write("3682").waits(MS_1).read(serial);
    return port.write("280e").waits(MS_320).read(words(selfTest));
  }

  private void start(int selfTest) throws IOException {
    identified(SERIAL, selfTest).write("260f" + DEFAULT).waits(MS_30).read("75abdb");
    sensor.start();
    nextSecond();
  }

  private Sample measure(String compensation, int voc) throws IOException {
    port.write("260f" + compensation).waits(MS_30).read(words(voc));
    Sample sample = sensor.read();
    nextSecond();
    return sample;
  }

  private Sample measure(int voc) throws IOException {
    return measure(DEFAULT, voc);
  }

  /** Reads seconds of average air and returns the flags of the last one. */
  private Set<Quality> signals(int seconds) throws IOException {
    Set<Quality> flags = Set.of();
    for (int i = 0; i < seconds; i++) {
      flags = measure(30_000 + i % 9).flags();
    }
    return flags;
  }

  private void nextSecond() {
    time.pass(Duration.ofMillis(970));
  }

  @Test
  void startingIdentifiesAndTestsThePartAndDropsTheFirstSignal() throws IOException {
    start(0xD400);
    assertEquals(Map.of(Quantity.VOC_RAW, 30123.0), measure(30123).readings());
  }

  @Test
  void inTheFirst46SecondsThereIsNoIndexAndThenOneThatIsFlaggedFor45Minutes() throws IOException {
    start(0xD400);
    assertEquals(Set.of(GAS_WARMUP), signals(46));
    assertTrue(measure(30_000).get(Quantity.VOC_INDEX).isPresent());
    assertEquals(Set.of(GAS_WARMUP), signals(2_699));
    assertEquals(Set.of(), signals(1));
  }

  @Test
  void theIndexIsThatOfItsSignals() throws IOException {
    GasIndex voc = new GasIndex(GasIndex.Gas.VOC, Duration.ofSeconds(1));
    start(0xD400);
    for (int second = 0; second < 3000; second++) {
      int signal = 30_000 - (second % 1000 > 900 ? 400 : 0) + second % 9;
      double expected = voc.next(signal);
      assertEquals(expected, measure(signal).get(Quantity.VOC_INDEX).orElse(0), "at " + second);
    }
  }

  @Test
  void aSavedStateIsRestoredWithinTenMinutes() throws IOException {
    memory.save(RememberedGas.SERIAL, new GasIndex.State(10_000, 60));
    memory.isAged(Duration.ofMinutes(10));
    start(0xD400);
    assertEquals(Set.of(GAS_WARMUP), signals(46));
    assertEquals(Set.of(), signals(1));
    assertEquals(2, memory.kept());
  }

  @Test
  void anOlderStateIsNotRestored() throws IOException {
    memory.save(RememberedGas.SERIAL, new GasIndex.State(10_000, 60));
    memory.isAged(Duration.ofMillis(600_001));
    start(0xD400);
    assertEquals(Set.of(GAS_WARMUP), signals(100));
    assertEquals(1, memory.kept());
  }

  // Datasheet: ticks are RH·65535/100 and (T+45)·65535/175, rounded.
  @ParameterizedTest(name = "{0} %, {1} degC")
  @CsvSource({
    "100, 130, FFFFAC FFFFAC",
    "35.2, 18.5, 5A1CB6 5CE4D7",
    "0, 25, 000081 666693",
    "63.2, 7.31, A1CA16 4C8533",
  })
  void humidityAndTemperatureBesideThePartCompensateTheSignal(
      double percent, double celsius, String words) throws IOException {
    start(0xD400);
    air = Optional.of(Sample.of(Map.of(Quantity.HUMIDITY, percent, Quantity.TEMPERATURE, celsius)));
    measure(words.toLowerCase(Locale.ROOT), 30123);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 52_768, 63_800, 64_500, 65_535})
  void aSignalAtOrBeyondAnEndIsAFaultAndNoReading(int ticks) throws IOException {
    start(0xD400);
    assertEquals(new Sample(Map.of(), Set.of(GAS_FAULT)), measure(ticks));
  }

  // The low byte is ignored, as in embedded-i2c-sgp40.
  @ParameterizedTest(name = "self-test {0}")
  @CsvSource({"0x4B00, true", "0x4BD4, true", "0xD4FF, false"})
  void aFailedSelfTestIsAFaultAndNoReading(String word, boolean failed) throws IOException {
    start(Integer.decode(word));
    Sample sample = measure(30123);
    assertEquals(failed, sample.readings().isEmpty());
    assertEquals(failed, sample.flags().contains(GAS_FAULT));
  }

  @Test
  void aSignalThatNeverChangesIsStuckAndHasNoIndex() throws IOException {
    start(0xD400);
    signals(60);
    measure(30123);
    time.pass(Duration.ofSeconds(299));
    Sample stuck = measure(30123);
    assertEquals(Set.of(GAS_STUCK, GAS_WARMUP), stuck.flags());
    assertEquals(Set.of(Quantity.VOC_RAW), stuck.readings().keySet());
    assertEquals(Set.of(GAS_WARMUP), measure(30124).flags());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"000081 000081 000081", "ffffac ffffac ffffac"})
  void aSerialOfZerosOrOnesIsAFrameFault(String serial) {
    port.write("3615").waits(MS_1).write("3682").waits(MS_1).read(serial);
    assertThrows(FrameException.class, sensor::start);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0x0000, 0xFFFF})
  void anUnknownResultOfTheSelfTestIsAFrameFault(int selfTest) {
    identified(SERIAL, selfTest);
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("self-test"), error.getMessage());
  }

  @Test
  void anSgp41IsRefusedByName() {
    identified(SERIAL, 0xD400).write("260f" + DEFAULT).waits(MS_30).readNack();
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("SGP41"), error.getMessage());
  }

  @Test
  void aBusErrorAtTheFirstMeasurementIsABusFault() {
    identified(SERIAL, 0xD400).write("260f" + DEFAULT).waits(MS_30);
    port.readFails(new BusException("timed out", 110));
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void aWrongChecksumIsNoReading() throws IOException {
    start(0xD400);
    port.write("260f" + DEFAULT).waits(MS_30).read("75abdc");
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void aShortReadIsABusFault() throws IOException {
    start(0xD400);
    port.write("260f" + DEFAULT).waits(MS_30);
    port.readFails(new BusException("answered 2 of 3 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aMissingPartAndOneThatIsNotReadyAreBusFaults() throws IOException {
    port.writeNack("3615");
    assertThrows(BusException.class, sensor::start);
    start(0xD400);
    port.write("260f" + DEFAULT).waits(MS_30).readNack();
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void closingSwitchesTheHeaterOffAndNeverThrows() {
    port.write("3615").waits(MS_1);
    sensor.close();
    port.writeNack("3615");
    sensor.close();
  }

  @Test
  void thePartIsReadOnceASecond() {
    assertEquals(Duration.ofSeconds(1), sensor.rhythm().period());
    assertEquals(Duration.ofMillis(2_500), sensor.rhythm().fresh());
  }

  @Test
  void theSerialNumberIsThatOfTheLastStart() throws IOException {
    start(0xD400);
    assertEquals(new PartIdentity("00000000beef", ""), sensor.identity());
  }
}
