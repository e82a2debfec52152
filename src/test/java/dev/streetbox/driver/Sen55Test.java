package dev.streetbox.driver;

import static dev.streetbox.driver.SensirionHex.text;
import static dev.streetbox.driver.SensirionHex.words;
import static dev.streetbox.measure.Quality.GAS_FAULT;
import static dev.streetbox.measure.Quality.GAS_WARMUP;
import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static dev.streetbox.measure.Quality.PM_FAULT;
import static dev.streetbox.measure.Quality.PM_STUCK;
import static dev.streetbox.measure.Quality.PM_WARMUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests with words of Sensirion's own drivers' tests and of the SEN5x datasheet v2, with computed
 * checksums.
 */
class Sen55Test {
  /** PM 1.2, 1.8, 2.1, 2.3; 50.23 %, 22.555 °C, VOC 100, NOx unknown: as a SEN54 sends it. */
  private static final String WITHOUT_NOX = "000cfc0012a0001537001755139fd5119f0c03e8d47fff8f";

  /** The same, NOx 1. */
  private static final String VALUES = "000cfc0012a0001537001755139fd5119f0c03e8d4000a5a";

  /** PM 11, 22, 33, 44; number 55, 66, 77, 88, 99; size 0.5 µm. */
  private static final String NUMBERS = words(110, 220, 330, 440, 550, 660, 770, 880, 990, 500);

  private static final String MORE_NUMBERS =
      words(110, 220, 330, 440, 550, 660, 770, 880, 1010, 500);

  /** 50 %, 22.5 °C, VOC 30000, NOx 15000. */
  private static final String RAW = "1388011194e67530083a985d";

  private static final String UNKNOWN_NUMBERS = "ffffac".repeat(10);
  private static final String GOOD = "000081000081";
  private static final String READY = "0001b0";
  private static final String NOT_READY = "000081";
  private static final Duration MS_20 = Duration.ofMillis(20);
  private static final Duration MS_50 = Duration.ofMillis(50);
  private static final Duration MS_200 = Duration.ofMillis(200);

  private final ScriptedTime time = new ScriptedTime();
  private final CountedFan fan = new CountedFan();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Sen55 sensor = new Sen55(port, time, fan);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private void start(String name) throws IOException {
    port.write("0104").waits(MS_200).write("d014").waits(MS_50).read(text(name));
    port.write("d033").waits(MS_50).read(text("5B0F6A12D9C47E38"));
    port.write("d210").waits(MS_20).write("0021").waits(MS_50);
    sensor.start();
  }

  private ScriptedI2c answers(String values, String numbers, String raw) {
    port.write("0202").waits(MS_20).read(READY).write("03c4").waits(MS_20).read(values);
    return port.write("0413").waits(MS_20).read(numbers).write("03d2").waits(MS_20).read(raw);
  }

  private Sample read(String values, String numbers) throws IOException {
    return readWithStatus(values, numbers, GOOD);
  }

  private Sample readWithStatus(String values, String numbers, String status) throws IOException {
    answers(values, numbers, RAW).write("d206").waits(MS_20).read(status);
    return sensor.read();
  }

  /** Starts the part and passes every start-up time and the learning of the indices. */
  private void startAndLearn() throws IOException {
    start("SEN55");
    time.pass(Duration.ofHours(6));
    assertEquals(Set.of(), read(VALUES, MORE_NUMBERS).flags());
  }

  @Test
  void oneSetIsParticlesAirAndGas() throws IOException {
    startAndLearn();
    Sample sample = read(VALUES, NUMBERS);
    Map<Quantity, Double> expected = new EnumMap<>(Quantity.class);
    expected.put(Quantity.PM1, 1.2);
    expected.put(Quantity.PM2_5, 1.8);
    expected.put(Quantity.PM4, 2.1);
    expected.put(Quantity.PM10, 2.3);
    expected.put(Quantity.NC0_5, 55.0);
    expected.put(Quantity.NC1, 66.0);
    expected.put(Quantity.NC2_5, 77.0);
    expected.put(Quantity.NC4, 88.0);
    expected.put(Quantity.NC10, 99.0);
    expected.put(Quantity.PARTICLE_SIZE, 0.5);
    expected.put(Quantity.VOC_INDEX, 100.0);
    expected.put(Quantity.NOX_INDEX, 1.0);
    expected.put(Quantity.VOC_RAW, 30_000.0);
    expected.put(Quantity.NOX_RAW, 15_000.0);
    expected.put(Quantity.TEMPERATURE, 22.555);
    expected.put(Quantity.HUMIDITY, 50.23);
    assertEquals(expected, sample.readings());
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void aSen54HasNoNoxAndASen50NeitherGasNorAir() throws IOException {
    start("SEN54");
    time.pass(Duration.ofHours(1));
    answers(WITHOUT_NOX, NUMBERS, words(0x1388, 0x1194, 30_000, 0xFFFF));
    port.write("d206").waits(MS_20).read(GOOD);
    Sample without = sensor.read();
    assertTrue(without.get(Quantity.NOX_INDEX).isEmpty());
    assertTrue(without.get(Quantity.NOX_RAW).isEmpty());
    assertEquals(100, without.get(Quantity.VOC_INDEX).orElseThrow());
    assertEquals(Set.of(), without.flags());
    start("SEN50");
    time.pass(Duration.ofMinutes(1));
    answers(words(12, 18, 21, 23, 0x7FFF, 0x7FFF, 0x7FFF, 0x7FFF), NUMBERS, "ffffac".repeat(4));
    port.write("d206").waits(MS_20).read(GOOD);
    Sample dust = sensor.read();
    assertEquals(10, dust.readings().size());
    assertEquals(Set.of(), dust.flags());
  }

  @Test
  void unknownValuesAreNoReadings() throws IOException {
    startAndLearn();
    answers("ffffac".repeat(4) + "7fff8f".repeat(4), UNKNOWN_NUMBERS, "ffffac".repeat(4))
        .write("d206")
        .waits(MS_20)
        .read(GOOD);
    Sample sample = sensor.read();
    assertEquals(Map.of(), sample.readings());
    assertEquals(Set.of(PM_FAULT), sample.flags(), "long after its start it knows no mass");
  }

  // Recorded on a real SEN55 with a blocked optic: esphome/issues 6864.
  @Test
  void saturatedParticlesAreOutOfRange() throws IOException {
    startAndLearn();
    Sample sample = read("fffe9dfffe9dfffe9dfffe9d121c0812f80d01cc4f000a5a", "fffe9d".repeat(10));
    assertEquals(
        Set.of(
            Quantity.HUMIDITY,
            Quantity.TEMPERATURE,
            Quantity.VOC_INDEX,
            Quantity.NOX_INDEX,
            Quantity.VOC_RAW,
            Quantity.NOX_RAW),
        sample.readings().keySet());
    assertEquals(24.28, sample.get(Quantity.TEMPERATURE).orElseThrow(), 1e-9);
    assertEquals(Set.of(PM_FAULT, OUT_OF_RANGE), sample.flags());
  }

  @Test
  void aPartThatSeesNotOneParticleIsBlind() throws IOException {
    startAndLearn();
    Sample sample =
        read(words(0, 0, 0, 0, 5_000, 4_000, 1_000, 10), words(0, 0, 0, 0, 0, 0, 0, 0, 0, 1_630));
    assertEquals(Set.of(PM_FAULT), sample.flags());
    assertTrue(sample.get(Quantity.PM2_5).isEmpty());
    assertTrue(sample.get(Quantity.TEMPERATURE).isPresent());
    assertTrue(sensor.remark().orElseThrow().contains("filtered air"));
  }

  @Test
  void massesThatContradictEachOtherAreAFaultAndNotWithinTheirRounding() throws IOException {
    startAndLearn();
    Sample wrong = read(words(5_000, 340, 30, 40, 5_000, 4_000, 1_000, 10), NUMBERS);
    assertEquals(Set.of(PM_FAULT), wrong.flags());
    assertTrue(wrong.get(Quantity.NC1).isEmpty());
    assertEquals(
        Set.of(), read(words(31, 30, 30, 30, 5_000, 4_000, 1_000, 10), MORE_NUMBERS).flags());
  }

  @Test
  void anImpossibleTemperatureTakesTheHumidityWithIt() throws IOException {
    startAndLearn();
    Sample sample = read(words(11, 18, 21, 23, 5_000, 10_001, 1_000, 10), NUMBERS);
    assertEquals(Set.of(OUT_OF_RANGE), sample.flags());
    assertTrue(sample.get(Quantity.HUMIDITY).isEmpty());
    assertTrue(sample.get(Quantity.PM2_5).isPresent());
  }

  @Test
  void aPixelAboveTheAlgorithmsLimitHasNeitherIndexNorSignal() throws IOException {
    startAndLearn();
    answers(VALUES, NUMBERS, words(0x1388, 0x1194, 63_800, 15_000));
    port.write("d206").waits(MS_20).read(GOOD);
    Sample sample = sensor.read();
    assertEquals(Set.of(GAS_FAULT), sample.flags());
    assertTrue(sample.get(Quantity.VOC_INDEX).isEmpty());
    assertTrue(sample.get(Quantity.VOC_RAW).isEmpty());
    assertTrue(sample.get(Quantity.NOX_INDEX).isPresent());
  }

  @Test
  void theEndsOfTheRangeAreReadings() throws IOException {
    startAndLearn();
    Sample greatest =
        read(
            "2710b02710b02710b02710b02710b02710b0138801138801",
            words(10_000, 10_000, 10_000, 10_000, 30_000, 30_000, 30_000, 30_000, 30_000, 10_000));
    assertEquals(16, greatest.readings().size());
    assertEquals(1000, greatest.get(Quantity.PM10).orElseThrow());
    assertEquals(50, greatest.get(Quantity.TEMPERATURE).orElseThrow());
    assertEquals(500, greatest.get(Quantity.NOX_INDEX).orElseThrow());
    Sample least = read(words(0, 0, 0, 0, 0, 0xF830, 10, 10), words(0, 0, 0, 0, 0, 0, 0, 0, 1, 0));
    assertEquals(-10, least.get(Quantity.TEMPERATURE).orElseThrow());
    assertEquals(0, least.get(Quantity.PM1).orElseThrow());
    assertTrue(least.get(Quantity.PARTICLE_SIZE).isEmpty(), "no particle has no size");
  }

  @Test
  void aValueBeyondItsRangeWithdrawsThoseOfItsSignal() throws IOException {
    startAndLearn();
    Sample sample = read(words(10_001, 18, 21, 23, 10_001, 10_001, 5_010, 9), NUMBERS);
    assertEquals(Set.of(PM_FAULT, GAS_FAULT, OUT_OF_RANGE), sample.flags());
    assertEquals(Map.of(), sample.readings());
    for (Quantity gone :
        Set.of(
            Quantity.PM1,
            Quantity.HUMIDITY,
            Quantity.TEMPERATURE,
            Quantity.VOC_INDEX,
            Quantity.NOX_INDEX)) {
      assertTrue(sample.get(gone).isEmpty(), gone.key());
    }
  }

  @ParameterizedTest(name = "{0}/10 per cm³: {1} s")
  @CsvSource({"1010, 16", "1000, 30", "1, 30"})
  void theStartUpTimeGrowsAsTheAirGetsCleaner(int total, long seconds) throws IOException {
    start("SEN55");
    String numbers = words(1, 1, 1, 1, 0, 0, 0, 0, total, 500);
    time.pass(Duration.ofSeconds(seconds).minusMillis(21));
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), read(VALUES, numbers).flags());
    assertEquals(Set.of(GAS_WARMUP), read(VALUES, numbers).flags());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"SEN55", "SEN54"})
  void theIndicesLearnFor46Minutes(String name) throws IOException {
    start(name);
    time.pass(Duration.ofSeconds(46 + 2700).minusMillis(100));
    assertEquals(Set.of(GAS_WARMUP), read(VALUES, NUMBERS).flags());
    assertEquals(Set.of(), read(VALUES, MORE_NUMBERS).flags());
  }

  @ParameterizedTest(name = "status {0}")
  @CsvSource({
    "0000810010c2, PM_FAULT, 6", // fan
    "000081002007, PM_FAULT, 6", // laser
    "002007000081, PM_FAULT, 16", // fan speed
    "0000810040bc, '', 14", // temperature and humidity
    "0000810080fb, GAS_FAULT, 12",
    "000838000081, PM_WARMUP, 6", // cleaning
    "0000810001b0, '', 16", // reserved
  })
  void theBitsOfTheStatusGiveFlagsOrAbsentFields(String status, String flag, int readings)
      throws IOException {
    startAndLearn();
    time.pass(Duration.ofSeconds(5));
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    if (!flag.isEmpty()) {
      flags.add(Quality.valueOf(flag));
    }
    answers(VALUES, NUMBERS, RAW).write("d206").waits(MS_20).read(status);
    boolean stays = Integer.parseInt(status.substring(6, 10), 16) > 1;
    if (stays) {
      port.write("d210").waits(MS_20);
    }
    Sample sample = sensor.read();
    assertEquals(flags, sample.flags());
    assertEquals(readings, sample.readings().size());
    // An error that is not shown again is over after half a minute.
    time.pass(Duration.ofSeconds(29));
    assertEquals(stays ? readings : 16, read(VALUES, MORE_NUMBERS).readings().size());
    time.pass(Duration.ofSeconds(1));
    assertEquals(Set.of(), read(VALUES, MORE_NUMBERS).flags());
  }

  @Test
  void aPixelAtItsEndIsAGasFault() throws IOException {
    startAndLearn();
    answers(VALUES, NUMBERS, words(0x1388, 0x1194, 0, 15_000));
    port.write("d206").waits(MS_20).read(GOOD);
    assertEquals(Set.of(GAS_FAULT), sensor.read().flags());
  }

  @Test
  void aFanThatRanForAWeekIsCleanedInTheStartUpTime() throws IOException {
    fan.addRunTime(Duration.ofDays(7));
    start("SEN54");
    time.pass(Duration.ofSeconds(1));
    answers(VALUES, NUMBERS, RAW).write("d206").waits(MS_20).read(GOOD);
    port.write("5607").waits(MS_20);
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), sensor.read().flags());
    assertEquals(Duration.ZERO, fan.ran());
    time.pass(Duration.ofSeconds(1));
    Sample cleaning = readWithStatus(VALUES, NUMBERS, "000838000081");
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), cleaning.flags());
    assertTrue(cleaning.get(Quantity.PM2_5).isEmpty());
  }

  @Test
  void afterACleaningTheFanNeedsItsStartUpTimeAgain() throws IOException {
    startAndLearn();
    time.pass(Duration.ofSeconds(5));
    assertEquals(Set.of(PM_WARMUP), readWithStatus(VALUES, NUMBERS, "000838000081").flags());
    time.pass(Duration.ofSeconds(10));
    assertEquals(Set.of(PM_WARMUP), read(VALUES, MORE_NUMBERS).flags());
    time.pass(Duration.ofSeconds(16));
    assertEquals(Set.of(), read(VALUES, MORE_NUMBERS).flags());
  }

  @ParameterizedTest
  @CsvSource({"03c4", "0413", "03d2"})
  void aWrongChecksumIsAFrameFaultAndNoReading(String wrongCommand) throws IOException {
    startAndLearn();
    String values = wrongCommand.equals("03c4") ? VALUES.replace("0a5a", "0a5b") : VALUES;
    String numbers = wrongCommand.equals("0413") ? "00".repeat(30) : NUMBERS;
    String raw = wrongCommand.equals("03d2") ? "ff".repeat(12) : RAW;
    port.write("0202").waits(MS_20).read(READY).write("03c4").waits(MS_20).read(values);
    if (!wrongCommand.equals("03c4")) {
      port.write("0413").waits(MS_20).read(numbers);
    }
    if (wrongCommand.equals("03d2")) {
      port.write("03d2").waits(MS_20).read(raw);
    }
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void anSps30AndAnUnknownNameAreNotStarted() {
    port.write("0104").waits(MS_200).write("d014").waits(MS_50).readNack();
    FrameException silent = assertThrows(FrameException.class, sensor::start);
    assertTrue(silent.getMessage().contains("SPS30"), silent.getMessage());
    port.write("0104").waits(MS_200).write("d014").waits(MS_50).read(text("SEN66"));
    FrameException other = assertThrows(FrameException.class, sensor::start);
    assertTrue(other.getMessage().contains("SEN66"), other.getMessage());
  }

  @Test
  void aMissingPartIsABusFault() {
    port.writeNack("0104").writeNack("d014");
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void aPartThatDoesNotAcknowledgeTheStopIsIdleAlready() throws IOException {
    port.writeNack("0104").write("d014").waits(MS_50).read(text("SEN55"));
    port.write("d033").waits(MS_50).read(text("5B0F6A12D9C47E38"));
    port.write("d210").waits(MS_20).write("0021").waits(MS_50);
    sensor.start();
  }

  @Test
  void aMissingAcknowledgeAndAShortAnswerAreBusFaults() throws IOException {
    start("SEN55");
    port.write("0202").waits(MS_20).readNack();
    assertThrows(BusException.class, sensor::read);
    port.write("0202").waits(MS_20).read(READY).write("03c4").waits(MS_20);
    port.readFails(new BusException("answered 12 of 24 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aPartThatIsNotReadyIsInWarmUpThenGivesNothingThenIsAFault() throws IOException {
    start("SEN55");
    port.write("0202").waits(MS_20).read(NOT_READY);
    assertEquals(new Sample(Map.of(), Set.of(PM_WARMUP)), sensor.read());
    read(VALUES, NUMBERS);
    port.write("0202").waits(MS_20).read(NOT_READY);
    assertEquals(Sample.NOTHING, sensor.read());
    time.pass(Duration.ofSeconds(4));
    port.write("0202").waits(MS_20).read(NOT_READY);
    BusException error = assertThrows(BusException.class, sensor::read);
    assertTrue(error.getMessage().contains("idle"), error.getMessage());
    start("SEN55");
  }

  @Test
  void particlesThatNeverChangeAreStuck() throws IOException {
    startAndLearn();
    read(VALUES, NUMBERS);
    time.pass(Duration.ofMinutes(5));
    assertEquals(Set.of(PM_STUCK), read(VALUES, NUMBERS).flags());
    assertEquals(Set.of(), read(VALUES, MORE_NUMBERS).flags());
  }

  @Test
  void closingStopsThePartAndNeverThrows() {
    port.write("0104").waits(MS_200);
    sensor.close();
    port.writeNack("0104");
    sensor.close();
  }

  @Test
  void thePartIsReadOnceASecond() {
    assertEquals(Duration.ofSeconds(1), sensor.rhythm().period());
    assertEquals(Duration.ofMillis(2_500), sensor.rhythm().fresh());
  }

  @Test
  void afterARestartTheTimeWithoutAChangeBeginsAgain() throws IOException {
    startAndLearn();
    read(VALUES, NUMBERS);
    time.pass(Duration.ofMinutes(5));
    start("SEN55");
    assertFalse(read(VALUES, NUMBERS).flags().contains(PM_STUCK));
  }

  @Test
  void aFanIsCleanedWithinTheStartUpTimeOnlyWhichEndsAfterThirtySeconds() throws IOException {
    time.pass(Duration.ofHours(1));
    fan.addRunTime(Duration.ofDays(7));
    start("SEN55");
    time.pass(Duration.ofSeconds(30));
    assertEquals(Set.of(GAS_WARMUP), read(VALUES, NUMBERS).flags());
    assertEquals(Optional.empty(), sensor.remark());
    assertEquals(new PartIdentity("5B0F6A12D9C47E38", ""), sensor.identity());
    start("SEN55");
    time.pass(Duration.ofMillis(29_999));
    answers(VALUES, NUMBERS, RAW).write("d206").waits(MS_20).read(GOOD).write("5607").waits(MS_20);
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), sensor.read().flags());
    assertEquals(Duration.ZERO, fan.ran());
  }

  @Test
  void unknownCountsAreNoFaultAndAnUnknownMassIsOne() throws IOException {
    startAndLearn();
    assertEquals(Set.of(), read(VALUES, UNKNOWN_NUMBERS).flags());
    String unknownMass = "ffffac" + VALUES.substring(6);
    assertEquals(Set.of(PM_FAULT), read(unknownMass, NUMBERS).flags());
  }
}
