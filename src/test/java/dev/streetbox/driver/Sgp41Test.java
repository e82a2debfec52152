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
 * Tests with bytes of the SGP41 datasheet v1.0, section 3, and of Sensirion/embedded-i2c-sgp41
 * (c9a981e).
 */
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
  private final RememberedGas memory = new RememberedGas();
  private final Sgp41 sensor = new Sgp41(port, time, () -> air, memory);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private void start(int selfTest) throws IOException {
    port.write("3615").waits(MS_1);
    port.write("3682").waits(MS_1).read(SERIAL);
    port.write("280e").waits(MS_320).read(words(selfTest));
    port.write("2612" + DEFAULT).waits(MS_50).read("752318");
    sensor.start();
    nextSecond();
  }

  private Sample condition() throws IOException {
    port.write("2612" + DEFAULT).waits(MS_50).read("752318");
    return sensor.read();
  }

  private Sample measure(String compensation, int voc, int nox) throws IOException {
    port.write("2619" + compensation).waits(MS_50).read(words(voc) + words(nox));
    return sensor.read();
  }

  private Sample measure(int voc, int nox) throws IOException {
    return measure(DEFAULT, voc, nox);
  }

  private void measuringAgain() throws IOException {
    for (int i = 1; i < 10; i++) {
      condition();
      nextSecond();
    }
    measure(30123, 15321);
    nextSecond();
  }

  /** Reads seconds of average air and returns the flags of the last one. */
  private Set<Quality> signals(int seconds) throws IOException {
    Set<Quality> flags = Set.of();
    for (int i = 0; i < seconds; i++) {
      flags = measure(30_000 + i % 9, 15_000 + i % 9).flags();
      nextSecond();
    }
    return flags;
  }

  /** Passes the time to the next read of a one-second grid; the last read took 50 ms. */
  private void nextSecond() {
    time.pass(Duration.ofMillis(950));
  }

  /** Starts the part and passes the conditioning and the dropped first signal. */
  private void measuring(int selfTest) throws IOException {
    start(selfTest);
    measuringAgain();
  }

  @Test
  void tenConditioningsOneASecondComeBeforeTheFirstSignalWhichIsDropped() throws IOException {
    start(0xD400);
    for (int i = 1; i < 10; i++) {
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
    time.pass(Duration.ofMillis(8_499));
    condition();
    nextSecond();
    assertEquals(WARMING_UP, measure(30123, 15321));
    nextSecond();
    assertEquals(2, measure(30124, 15320).readings().size());
  }

  @Test
  void inTheFirst46SecondsThereIsNoIndexAndThenBoth() throws IOException {
    measuring(0xD400);
    for (int second = 1; second <= 46; second++) {
      Sample sample = measure(30000 + second % 9, 15000 + second % 9);
      assertEquals(Set.of(Quantity.VOC_RAW, Quantity.NOX_RAW), sample.readings().keySet());
      assertEquals(Set.of(GAS_WARMUP), sample.flags());
      nextSecond();
    }
    Sample sample = measure(30001, 15001);
    assertEquals(1, sample.get(Quantity.NOX_INDEX).orElseThrow());
    assertTrue(sample.get(Quantity.VOC_INDEX).isPresent());
    assertEquals(Set.of(GAS_WARMUP), sample.flags());
  }

  @Test
  void theIndexOfEachPixelIsThatOfItsSignals() throws IOException {
    GasIndex voc = new GasIndex(GasIndex.Gas.VOC, Duration.ofSeconds(1));
    GasIndex nox = new GasIndex(GasIndex.Gas.NOX, Duration.ofSeconds(1));
    measuring(0xD400);
    for (int second = 0; second < 4000; second++) {
      int smell = second % 1000 > 900 ? 400 : 0;
      Sample sample = measure(30_000 - smell + second % 9, 15_000 + smell + second % 9);
      double vocIndex = voc.next(30_000 - smell + second % 9);
      double noxIndex = nox.next(15_000 + smell + second % 9);
      assertEquals(vocIndex, sample.get(Quantity.VOC_INDEX).orElse(0), "VOC " + second);
      assertEquals(noxIndex, sample.get(Quantity.NOX_INDEX).orElse(0), "NOx " + second);
      nextSecond();
    }
  }

  @Test
  void theFlagStaysUntilBothIndicesShowUnusualAir() throws IOException {
    measuring(0xD401); // VOC failed, so that the 20 minutes of NOx apply
    assertEquals(Set.of(GAS_WARMUP, GAS_FAULT), signals(46 + 1200));
    assertEquals(Set.of(GAS_FAULT), signals(1));
    start(0xD400);
    measuringAgain();
    assertEquals(Set.of(GAS_WARMUP), signals(46 + 2700));
    assertEquals(Set.of(), signals(1));
  }

  @Test
  void withARestoredVocIndexTheFlagEndsAfterThe20MinutesOfNox() throws IOException {
    memory.save(RememberedGas.SERIAL, new GasIndex.State(10_000, 60));
    memory.isAged(Duration.ofMinutes(9));
    measuring(0xD400);
    assertEquals(Set.of(GAS_WARMUP), signals(46 + 1200));
    assertEquals(Set.of(), signals(1));
  }

  @Test
  void aMissedSecondStopsTheIndexWithoutChangingIt() throws IOException {
    GasIndex voc = new GasIndex(GasIndex.Gas.VOC, Duration.ofSeconds(1));
    measuring(0xD400);
    for (int second = 0; second < 300; second++) {
      if (second % 50 == 0) {
        port.write("2619" + DEFAULT).waits(MS_50).readNack();
        assertThrows(BusException.class, sensor::read);
        nextSecond();
      }
      double expected = voc.next(30_000 + second % 9);
      Sample sample = measure(30_000 + second % 9, 15_000 + second % 9);
      assertEquals(expected, sample.get(Quantity.VOC_INDEX).orElse(0));
      nextSecond();
    }
  }

  @Test
  void afterMoreThanTenMinutesWithoutASignalTheIndexStartsAnew() throws IOException {
    measuring(0xD400);
    signals(60);
    for (int i = 0; i < 3; i++) {
      assertEquals(
          Set.of(Quantity.NOX_RAW, Quantity.NOX_INDEX), measure(0, 15_000 + i).readings().keySet());
      time.pass(Duration.ofSeconds(299));
    }
    assertTrue(measure(30_000, 15_001).get(Quantity.VOC_INDEX).isEmpty());
    nextSecond();
    assertTrue(measure(30_000, 15_002).get(Quantity.NOX_INDEX).isPresent());
  }

  @Test
  void aSignalAboveTheAlgorithmsLimitIsAFaultWithoutIndexAndSignal() throws IOException {
    measuring(0xD400);
    signals(60);
    for (int defective : new int[] {52_768, 63_800, 64_500, 65_534}) {
      Sample sample = measure(defective, 15_000 + defective % 9);
      assertEquals(Set.of(Quantity.NOX_RAW, Quantity.NOX_INDEX), sample.readings().keySet());
      assertEquals(Set.of(GAS_WARMUP, GAS_FAULT), sample.flags(), "at " + defective);
      nextSecond();
    }
    assertEquals(4, measure(52_767, 42_767).readings().size());
    nextSecond();
    Sample nox = measure(30_000, 42_768);
    assertEquals(Set.of(Quantity.VOC_RAW, Quantity.VOC_INDEX), nox.readings().keySet());
    assertTrue(nox.flags().contains(GAS_FAULT));
  }

  @Test
  void anSgp40IsNamedAtTheStart() {
    port.write("3615").waits(MS_1);
    port.write("3682").waits(MS_1).read(SERIAL);
    port.write("280e").waits(MS_320).read(words(0xD400));
    port.writeNack("2612" + DEFAULT);
    port.write("260f" + DEFAULT).waits(Duration.ofMillis(30)).read("752318");
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("driver = \"sgp40\""), error.getMessage());
  }

  @Test
  void aBusyPartIsNotTakenForAnSgp40() {
    port.write("3615").waits(MS_1);
    port.write("3682").waits(MS_1).read(SERIAL);
    port.write("280e").waits(MS_320).read(words(0xD400));
    port.writeNack("2612" + DEFAULT).writeNack("260f" + DEFAULT);
    BusException error = assertThrows(BusException.class, sensor::start);
    assertTrue(error.isNack());
  }

  @Test
  void afterThreeHoursTheStateIsSavedAndRestoredAfterARestart() throws IOException {
    measuring(0xD400);
    signals(10_700);
    assertEquals(0, memory.kept());
    signals(200);
    assertTrue(memory.kept() > 0);
    memory.isAged(Duration.ofMinutes(9));
    start(0xD400);
    measuringAgain();
    signals(46);
    int kept = memory.kept();
    Sample first = measure(30_000, 15_000);
    assertEquals(100, first.get(Quantity.VOC_INDEX).orElseThrow(), 10);
    assertTrue(memory.kept() > kept);
  }

  @Test
  void aRestoredStateIsSavedOnlyAfterANewIndex() throws IOException {
    memory.save(RememberedGas.SERIAL, new GasIndex.State(10_000, 60));
    memory.isAged(Duration.ofMinutes(9));
    measuring(0xD400);
    signals(46);
    assertEquals(1, memory.kept());
    signals(1);
    assertEquals(2, memory.kept());
  }

  @Test
  void aStateWhoseAgeIsKnownLateIsRestoredLate() throws IOException {
    memory.save(RememberedGas.SERIAL, new GasIndex.State(10_000, 60));
    measuring(0xD400);
    signals(40);
    memory.isAged(Duration.ofMinutes(9));
    signals(7);
    assertEquals(2, memory.kept(), "without the restored state none is saved for three hours");
  }

  @Test
  void aStateThatIsTooOldIsNotRestored() throws IOException {
    memory.save(RememberedGas.SERIAL, new GasIndex.State(10_000, 60));
    memory.isAged(Duration.ofMillis(600_001));
    measuring(0xD400);
    signals(100);
    assertEquals(1, memory.kept());
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
  void humidityAndTemperatureBesideThePartCompensateTheSignal(
      double percent, double celsius, String words) throws IOException {
    measuring(0xD400);
    air = Optional.of(Sample.of(Map.of(Quantity.HUMIDITY, percent, Quantity.TEMPERATURE, celsius)));
    measure(words.toLowerCase(Locale.ROOT), 30123, 15321);
  }

  @Test
  void airWithoutBothQuantitiesCompensatesNothing() throws IOException {
    measuring(0xD400);
    air = Optional.of(Sample.of(Map.of(Quantity.HUMIDITY, 90.0)));
    measure(DEFAULT, 30123, 15321);
  }

  @Test
  void conditioningIsNeverCompensated() throws IOException {
    air = Optional.of(Sample.of(Map.of(Quantity.HUMIDITY, 90.0, Quantity.TEMPERATURE, 5.0)));
    start(0xD400);
    condition();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 65535})
  void aSignalAtEitherEndIsAFaultAndNoReading(int ticks) throws IOException {
    measuring(0xD400);
    Sample sample = measure(ticks, 15321);
    assertEquals(Map.of(Quantity.NOX_RAW, 15321.0), sample.readings());
    assertEquals(Set.of(GAS_FAULT, GAS_WARMUP), sample.flags());
  }

  @Test
  void theSignalsNextToTheEndsAreReadings() throws IOException {
    measuring(0xD400);
    assertEquals(
        Map.of(Quantity.VOC_RAW, 1.0, Quantity.NOX_RAW, 42_767.0), measure(1, 42_767).readings());
  }

  // Only the lowest two bits count: embedded-i2c-sgp41.
  @ParameterizedTest(name = "self-test {0}")
  @CsvSource({"0xD401, false, true", "0xD402, true, false", "0xD403, false, false"})
  void aPixelThatFailedItsSelfTestIsAFaultAndNoReading(String word, boolean voc, boolean nox)
      throws IOException {
    measuring(Integer.decode(word));
    Sample sample = measure(30123, 15321);
    assertEquals(voc, sample.get(Quantity.VOC_RAW).isPresent());
    assertEquals(nox, sample.get(Quantity.NOX_RAW).isPresent());
    assertTrue(sample.flags().contains(GAS_FAULT));
  }

  @Test
  void theOtherBitsOfTheSelfTestAreIgnored() throws IOException {
    measuring(0x4BFC);
    assertEquals(Set.of(GAS_WARMUP), measure(30123, 15321).flags());
  }

  @Test
  void aSignalThatNeverChangesIsStuck() throws IOException {
    measuring(0xD400);
    signals(60);
    measure(30123, 15321);
    time.pass(Duration.ofMillis(299_949));
    assertEquals(Set.of(GAS_WARMUP), measure(30124, 15321).flags());
    Sample stuck = measure(30125, 15321);
    assertEquals(Set.of(GAS_STUCK, GAS_WARMUP), stuck.flags());
    assertEquals(
        Set.of(Quantity.VOC_RAW, Quantity.VOC_INDEX, Quantity.NOX_RAW), stuck.readings().keySet());
    assertEquals(Set.of(GAS_WARMUP), measure(30126, 15322).flags());
  }

  @Test
  void aWrongChecksumOfOneSignalIsNoReadingOfEither() throws IOException {
    measuring(0xD400);
    port.write("2619" + DEFAULT).waits(MS_50).read("75abdb 3bd900");
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("word 1"), error.getMessage());
  }

  @Test
  void aShortReadIsABusFault() throws IOException {
    measuring(0xD400);
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
    measuring(0xD400);
    port.write("2619" + DEFAULT).waits(MS_50).readNack();
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aPartFoundMeasuringIsConditionedAnew() throws IOException {
    measuring(0xD400);
    measure(30123, 15321);
    start(0xD400);
    assertEquals(WARMING_UP, condition());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"000081 000081 000081", "ffffac ffffac ffffac"})
  void aSerialOfZerosOrOnesIsAFrameFault(String serial) {
    port.write("3615").waits(MS_1).write("3682").waits(MS_1).read(serial);
    assertThrows(FrameException.class, sensor::start);
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
  void nineAndAHalfSecondsAfterTheStartNoConditioningIsSent() throws IOException {
    start(0xD400);
    time.pass(Duration.ofMillis(8_500));
    assertEquals(WARMING_UP, measure(30123, 15321));
    assertEquals(new PartIdentity("00000000beef", ""), sensor.identity());
    assertEquals(1_234, sensor.measuredMs(1_234));
  }
}
