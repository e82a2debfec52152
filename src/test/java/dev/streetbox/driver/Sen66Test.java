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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Replies computed from the layout of Sensirion's arduino-i2c-sen66 1.7.0; no traffic of a real
 * part was found.
 */
class Sen66Test {
  /** PM 2.1, 3.4, 3.9, 4.2; 48.20 %, 21.70 °C; VOC 102, NOx 1, CO2 612. */
  private static final String VALUES = "001537002265002790002adc12d4f610f4a903fc53000a5a026427";

  /** The same in second 3 after power-on: neither NOx nor CO2. */
  private static final String EARLY = "001537002265002790002adc12d4f610f4a903fc537fff8fffffac";

  private static final String FROST = "007b9300fad8013727015e1423bed0fbe6e40352b0000faf01b1fb";
  private static final String SATURATED = "fffe9dfffe9dfffe9dfffe9d121c0812f80d01cc4f000a5a01a44d";
  private static final String UNKNOWN = "ffffac".repeat(4) + "7fff8f".repeat(4) + "ffffac";

  /** 18.0, 21.4, 22.0, 22.1 and 22.2 per cm³. */
  private static final String NUMBERS = "00b4fa00d62300dcf800ddc900de9a";

  /** 49.90 %, 22.40 °C; VOC 30,123 and NOx 15,321 ticks; CO2 611. */
  private static final String RAW = words(4_990, 4_480, 30_123, 15_321, 611);

  private static final String UNKNOWN_RAW = "7fff8f".repeat(2) + "ffffac".repeat(3);

  private static final String MORE_NUMBERS = "00b4fa00d62300dcf800ddc9" + words(0x00DF);
  private static final String UNKNOWN_NUMBERS = "ffffac".repeat(5);
  private static final String NAME = "534583" + "4e3606" + "360069" + "000081".repeat(13);
  private static final String GOOD = "000081000081";
  private static final String READY = "0001b0";
  private static final String NOT_READY = "000081";
  private static final Duration MS_20 = Duration.ofMillis(20);
  private static final Duration MS_50 = Duration.ofMillis(50);
  private static final Duration MS_1400 = Duration.ofMillis(1_400);

  private static final Sample NOT_MEASURING = new Sample(Map.of(), Set.of(PM_WARMUP));

  private final ScriptedTime time = new ScriptedTime();
  private final CountedFan fan = new CountedFan();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Sen66 sensor = new Sen66(port, time, fan);

  @AfterEach
  void theWholeConversationTookPlace() {
    port.close();
  }

  private void start() throws IOException {
    stopped();
    port.write("d014").waits(MS_20).read(NAME);
    port.write("d033").waits(MS_20).read(text("7C1E60B3A95D2F48"));
    port.write("d210").waits(MS_20).write("0021").waits(MS_50);
    assertEquals(NOT_MEASURING, sensor.read());
  }

  /** Stops a measuring part, and passes the time that it takes. */
  private void stopped() throws IOException {
    port.write("0104");
    sensor.start();
    time.pass(MS_1400);
  }

  private ScriptedI2c says(String values, String numbers, String status) {
    return says(values, numbers, RAW, status);
  }

  private ScriptedI2c says(String values, String numbers, String raw, String status) {
    port.write("0202").waits(MS_20).read(READY).write("0300").waits(MS_20).read(values);
    port.write("0316").waits(MS_20).read(numbers).write("0405").waits(MS_20).read(raw);
    return port.write("d206").waits(MS_20).read(status);
  }

  private Sample read(String values, String numbers) throws IOException {
    says(values, numbers, GOOD);
    return sensor.read();
  }

  /** Past every start-up time. */
  private void startAndLearn() throws IOException {
    start();
    time.pass(Duration.ofHours(1));
    assertEquals(Set.of(), read(VALUES, MORE_NUMBERS).flags());
  }

  @Test
  void oneSetIsParticlesAirAndGas() throws IOException {
    startAndLearn();
    Sample sample = read(VALUES, NUMBERS);
    Map<Quantity, Double> expected = new EnumMap<>(Quantity.class);
    expected.put(Quantity.PM1, 2.1);
    expected.put(Quantity.PM2_5, 3.4);
    expected.put(Quantity.PM4, 3.9);
    expected.put(Quantity.PM10, 4.2);
    expected.put(Quantity.NC0_5, 18.0);
    expected.put(Quantity.NC1, 21.4);
    expected.put(Quantity.NC2_5, 22.0);
    expected.put(Quantity.NC4, 22.1);
    expected.put(Quantity.NC10, 22.2);
    expected.put(Quantity.VOC_INDEX, 102.0);
    expected.put(Quantity.NOX_INDEX, 1.0);
    expected.put(Quantity.VOC_RAW, 30_123.0);
    expected.put(Quantity.NOX_RAW, 15_321.0);
    expected.put(Quantity.CO2, 612.0);
    expected.put(Quantity.TEMPERATURE, 21.7);
    expected.put(Quantity.HUMIDITY, 48.2);
    assertEquals(expected, sample.readings());
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void frostIsASignedTemperature() throws IOException {
    startAndLearn();
    Sample sample = read(FROST, NUMBERS);
    assertEquals(-5.25, sample.get(Quantity.TEMPERATURE).orElseThrow());
    assertEquals(91.5, sample.get(Quantity.HUMIDITY).orElseThrow());
    assertEquals(433, sample.get(Quantity.CO2).orElseThrow());
    assertEquals(1.5, sample.get(Quantity.NOX_INDEX).orElseThrow());
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void anUnknownNoxOrCo2HidesNothingElseAndIsAFaultOnlyAfterThirteenSeconds() throws IOException {
    start();
    time.pass(Duration.ofSeconds(3));
    Sample early = read(EARLY, NUMBERS);
    assertEquals(14, early.readings().size());
    assertTrue(early.get(Quantity.NOX_INDEX).isEmpty());
    assertTrue(early.get(Quantity.CO2).isEmpty());
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), early.flags());
    time.pass(Duration.ofMillis(9_899)); // 100 ms were those of the set
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), read(EARLY, NUMBERS).flags());
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP, GAS_FAULT), read(EARLY, NUMBERS).flags());
  }

  @Test
  void whatThePartDoesNotKnowIsNoReading() throws IOException {
    startAndLearn();
    says(UNKNOWN, UNKNOWN_NUMBERS, UNKNOWN_RAW, GOOD);
    Sample sample = sensor.read();
    assertEquals(Map.of(), sample.readings());
    assertEquals(Set.of(PM_FAULT, GAS_FAULT), sample.flags(), "long after its start");
  }

  @Test
  void saturatedParticlesAreOutOfRange() throws IOException {
    startAndLearn();
    Sample sample = read(SATURATED, "fffe9d".repeat(5));
    assertEquals(
        Set.of(
            Quantity.HUMIDITY,
            Quantity.TEMPERATURE,
            Quantity.VOC_INDEX,
            Quantity.NOX_INDEX,
            Quantity.VOC_RAW,
            Quantity.NOX_RAW,
            Quantity.CO2),
        sample.readings().keySet());
    assertEquals(Set.of(PM_FAULT, OUT_OF_RANGE), sample.flags());
  }

  @Test
  void aPartThatSeesNotOneParticleIsBlind() throws IOException {
    startAndLearn();
    Sample sample = read(words(0, 0, 0, 0, 5_000, 4_000, 1_000, 10, 500), words(0, 0, 0, 0, 0));
    assertEquals(Set.of(PM_FAULT), sample.flags());
    assertTrue(sample.get(Quantity.PM2_5).isEmpty());
    assertTrue(sample.get(Quantity.CO2).isPresent());
    assertTrue(sensor.remark().orElseThrow().contains("filtered air"));
  }

  @Test
  void massesThatContradictEachOtherAreAFault() throws IOException {
    startAndLearn();
    Sample sample =
        read(words(5_000, 340, 30, 40, 5_000, 4_000, 1_000, 10, 500), words(1, 2, 3, 4, 5));
    assertEquals(Set.of(PM_FAULT), sample.flags());
    assertTrue(sample.get(Quantity.NC1).isEmpty());
  }

  // Words above the limits of the index's algorithm, and the pixel's 0: its index would be 100 or
  // 1.
  @ParameterizedTest(name = "VOC {0}, NOx {1}")
  @CsvSource({
    "52768, 15321, NOX",
    "63800, 15321, NOX",
    "65000, 15321, NOX",
    "0, 15321, NOX",
    "30123, 42768, VOC",
    "30123, 63800, VOC",
    "64500, 64500, ''",
  })
  void aSignalThatTheIndexDoesNotResolveIsAFaultWithoutThatIndex(int voc, int nox, String left)
      throws IOException {
    startAndLearn();
    says(VALUES, NUMBERS, words(4_990, 4_480, voc, nox, 611), GOOD);
    Sample sample = sensor.read();
    assertEquals(Set.of(GAS_FAULT), sample.flags());
    assertEquals(left.equals("VOC"), sample.get(Quantity.VOC_INDEX).isPresent());
    assertEquals(left.equals("VOC"), sample.get(Quantity.VOC_RAW).isPresent());
    assertEquals(left.equals("NOX"), sample.get(Quantity.NOX_INDEX).isPresent());
    assertEquals(left.equals("NOX"), sample.get(Quantity.NOX_RAW).isPresent());
    assertTrue(sample.get(Quantity.CO2).isPresent());
  }

  @Test
  void theEndsOfTheRangeAreReadings() throws IOException {
    startAndLearn();
    Sample greatest =
        read(
            words(10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 5_000, 5_000, 40_000),
            words(30_000, 30_000, 30_000, 30_000, 30_000));
    assertEquals(16, greatest.readings().size());
    assertEquals(1_000, greatest.get(Quantity.PM10).orElseThrow());
    assertEquals(3_000, greatest.get(Quantity.NC10).orElseThrow());
    assertEquals(40_000, greatest.get(Quantity.CO2).orElseThrow());
    assertEquals(500, greatest.get(Quantity.NOX_INDEX).orElseThrow());
    Sample least = read(words(0, 0, 0, 0, 0, 0xF830, 10, 10, 0), words(0, 0, 0, 0, 1));
    assertEquals(16, least.readings().size());
    assertEquals(-10, least.get(Quantity.TEMPERATURE).orElseThrow());
    assertEquals(Set.of(), least.flags());
  }

  @Test
  void aValueBeyondItsRangeWithdrawsThoseOfItsSignal() throws IOException {
    startAndLearn();
    Sample all =
        read(
            words(10_001, 18, 21, 23, 10_001, 10_001, 5_001, 9, 40_001), words(1, 2, 3, 4, 30_001));
    assertEquals(Set.of(PM_FAULT, GAS_FAULT, OUT_OF_RANGE), all.flags());
    assertEquals(Map.of(), all.readings());
    Sample count =
        read(words(11, 18, 21, 23, 5_000, 4_000, 1_000, 10, 500), words(1, 2, 3, 4, 30_001));
    assertEquals(Set.of(PM_FAULT, OUT_OF_RANGE), count.flags());
    assertEquals(
        Set.of(
            Quantity.HUMIDITY,
            Quantity.TEMPERATURE,
            Quantity.VOC_INDEX,
            Quantity.NOX_INDEX,
            Quantity.VOC_RAW,
            Quantity.NOX_RAW,
            Quantity.CO2),
        count.readings().keySet());
  }

  @Test
  void particlesWarmUpForHalfAMinuteAndTheIndicesFor46Minutes() throws IOException {
    start();
    time.pass(Duration.ofMillis(29_999));
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), read(VALUES, NUMBERS).flags());
    assertEquals(Set.of(GAS_WARMUP), read(VALUES, NUMBERS).flags());
    time.pass(Duration.ofSeconds(46 + 2_700 - 31));
    assertEquals(Set.of(GAS_WARMUP), read(VALUES, MORE_NUMBERS).flags());
    time.pass(Duration.ofSeconds(1));
    assertEquals(Set.of(), read(VALUES, NUMBERS).flags());
  }

  @ParameterizedTest(name = "status {0}")
  @CsvSource({
    "0000810010c2, PM_FAULT GAS_FAULT, 0", // fan
    "00008108000b, PM_FAULT, 7", // particles
    "002007000081, PM_FAULT, 16", // fan speed
    "0000810040bc, '', 14", // temperature and humidity
    "0000810080fb, GAS_FAULT, 12", // VOC and NOx
    "000081020003, GAS_FAULT, 15", // CO2
    "0000810a006f, PM_FAULT GAS_FAULT, 6", // CO2 and particles
    "0020070010c2, PM_FAULT GAS_FAULT, 0", // fan speed and fan
    "000081040017, '', 16", // formaldehyde: a SEN68's
    "00008110004a, '', 16", // CO2: a SEN63C's
    "0000810001b0, '', 16", // reserved
  })
  void whatTheStatusSaysIsAFlagOrAnAbsentField(String status, String flags, int readings)
      throws IOException {
    startAndLearn();
    time.pass(Duration.ofSeconds(5));
    Set<Quality> expected = EnumSet.noneOf(Quality.class);
    Arrays.stream(flags.split(" "))
        .filter(flag -> !flag.isEmpty())
        .forEach(flag -> expected.add(Quality.valueOf(flag)));
    String right = words(word(status, 0), word(status, 6));
    says(VALUES, NUMBERS, right);
    boolean stays = (word(status, 6) & 0x0AD0) != 0;
    if (stays) {
      port.write("d210").waits(MS_20);
    }
    Sample sample = sensor.read();
    assertEquals(expected, sample.flags());
    assertEquals(readings, sample.readings().size());
    // An error that is not shown again is over after half a minute.
    time.pass(Duration.ofSeconds(29));
    assertEquals(stays ? readings : 16, read(VALUES, MORE_NUMBERS).readings().size());
    time.pass(Duration.ofSeconds(1));
    assertEquals(Set.of(), read(VALUES, NUMBERS).flags());
  }

  private static int word(String status, int at) {
    return Integer.parseInt(status.substring(at, at + 4), 16);
  }

  @Test
  void aFanThatRanForAWeekIsCleanedInIdleAndThePartStartsAgainAfterTenSeconds() throws IOException {
    fan.addRunTime(Duration.ofDays(7));
    start();
    time.pass(Duration.ofSeconds(1));
    says(VALUES, NUMBERS, GOOD).write("0104");
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), sensor.read().flags());
    time.pass(Duration.ofMillis(1_399));
    assertEquals(NOT_MEASURING, sensor.read(), "stopping");
    time.pass(Duration.ofMillis(1));
    port.write("5607").waits(MS_20);
    assertEquals(NOT_MEASURING, sensor.read());
    assertEquals(Duration.ZERO, fan.ran());
    time.pass(Duration.ofMillis(9_999));
    assertEquals(NOT_MEASURING, sensor.read(), "cleaning");
    time.pass(Duration.ofMillis(1));
    port.write("0021").waits(MS_50);
    assertEquals(NOT_MEASURING, sensor.read());
    time.pass(Duration.ofSeconds(29));
    assertEquals(Set.of(PM_WARMUP, GAS_WARMUP), read(VALUES, NUMBERS).flags());
    time.pass(Duration.ofSeconds(1));
    assertEquals(Set.of(GAS_WARMUP), read(VALUES, NUMBERS).flags());
  }

  @Test
  void aRestartWithinTheCleaningWaitsForItsEnd() throws IOException {
    fan.addRunTime(Duration.ofDays(7));
    start();
    says(VALUES, NUMBERS, GOOD).write("0104");
    sensor.read();
    time.pass(MS_1400);
    port.write("5607").waits(MS_20);
    sensor.read();
    port.write("0104");
    sensor.start();
    time.pass(Duration.ofMillis(9_999));
    assertEquals(NOT_MEASURING, sensor.read(), "cleaning");
    time.pass(Duration.ofMillis(1));
    port.write("d014").waits(MS_20).read(NAME);
    port.write("d033").waits(MS_20).read(text("7C1E60B3A95D2F48"));
    port.write("d210").waits(MS_20).write("0021").waits(MS_50);
    assertEquals(NOT_MEASURING, sensor.read());
  }

  @Test
  void aFanIsNotCleanedAfterTheStartUpTime() throws IOException {
    startAndLearn();
    fan.addRunTime(Duration.ofDays(7));
    assertEquals(Set.of(), read(VALUES, NUMBERS).flags());
  }

  @ParameterizedTest
  @CsvSource({"0300", "0316", "0405", "d206"})
  void aWrongChecksumIsAFrameFaultAndNoReading(String damaged) throws IOException {
    startAndLearn();
    port.write("0202").waits(MS_20).read(READY).write("0300").waits(MS_20);
    port.read(damaged.equals("0300") ? FROST.replace("01b1fb", "01b1fa") : FROST);
    if (!damaged.equals("0300")) {
      port.write("0316").waits(MS_20).read(damaged.equals("0316") ? "00".repeat(15) : NUMBERS);
    }
    if (damaged.equals("0405") || damaged.equals("d206")) {
      port.write("0405").waits(MS_20).read(damaged.equals("0405") ? "00".repeat(15) : RAW);
    }
    if (damaged.equals("d206")) {
      // Seen on a broken module: the checksum is FF (arduino-i2c-sen66 #13).
      port.write("d206").waits(MS_20).read("000081" + "0000ff");
    }
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void anotherSen6xIsNamedAndNotStarted() throws IOException {
    stopped();
    port.write("d014").waits(MS_20).read(text("SEN63C"));
    FrameException fault = assertThrows(FrameException.class, sensor::read);
    assertTrue(fault.getMessage().contains("SEN63C"), fault.getMessage());
  }

  @Test
  void anEmptyNameIsThatOfAnEarlyKit() throws IOException {
    stopped();
    port.write("d014").waits(MS_20).read("000081".repeat(16));
    port.write("d033").waits(MS_20).read(text("7C1E60B3A95D2F48"));
    port.write("d210").waits(MS_20).write("0021").waits(MS_50);
    assertEquals(NOT_MEASURING, sensor.read());
  }

  @Test
  void aMissingPartIsABusFault() {
    port.writeNack("0104").writeNack("d014");
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void aPartThatStopsHoldsTheBusForNobody() throws IOException {
    port.write("0104");
    sensor.start();
    time.pass(Duration.ofMillis(1_399));
    assertEquals(NOT_MEASURING, sensor.read());
  }

  @Test
  void aPartThatRefusesToStopIsIdleAlready() throws IOException {
    port.writeNack("0104").write("d014").waits(MS_20).read(NAME);
    port.write("d033").waits(MS_20).read(text("7C1E60B3A95D2F48"));
    port.write("d210").waits(MS_20).write("0021").waits(MS_50);
    sensor.start();
  }

  @Test
  void aRefusalAndAShortAnswerAreBusFaults() throws IOException {
    start();
    port.write("0202").waits(MS_20).readNack();
    assertThrows(BusException.class, sensor::read);
    port.write("0202").waits(MS_20).read(READY).write("0300").waits(MS_20);
    port.readFails(new BusException("answered 12 of 27 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void notReadyIsWarmUpThenNothingThenAFaultThatASupplyDipExplains() throws IOException {
    start();
    port.write("0202").waits(MS_20).read(NOT_READY);
    assertEquals(new Sample(Map.of(), Set.of(PM_WARMUP)), sensor.read());
    read(VALUES, NUMBERS);
    port.write("0202").waits(MS_20).read(NOT_READY);
    assertEquals(Sample.NOTHING, sensor.read());
    time.pass(Duration.ofSeconds(4));
    port.write("0202").waits(MS_20).read(NOT_READY);
    BusException fault = assertThrows(BusException.class, sensor::read);
    assertTrue(fault.getMessage().contains("supply"), fault.getMessage());
    start();
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
  void closingStopsItAndNeverFails() {
    port.write("0104");
    sensor.close();
    port.writeNack("0104");
    sensor.close();
  }

  @Test
  void itIsReadOnceASecond() {
    assertEquals(Duration.ofSeconds(1), sensor.rhythm().period());
    assertEquals(Duration.ofMillis(2_500), sensor.rhythm().fresh());
  }

  @Test
  void afterARestartTheTimeWithoutAChangeBeginsAgain() throws IOException {
    startAndLearn();
    read(VALUES, NUMBERS);
    time.pass(Duration.ofMinutes(5));
    start();
    assertFalse(read(VALUES, NUMBERS).flags().contains(PM_STUCK));
  }

  @Test
  void theStartUpOfTheParticlesEndsAfterThirtySeconds() throws IOException {
    start();
    time.pass(Duration.ofSeconds(30).minusMillis(81)); // a read takes 80 ms
    assertTrue(read(VALUES, NUMBERS).flags().contains(PM_WARMUP));
    time.pass(Duration.ofMillis(1));
    assertFalse(read(VALUES, NUMBERS).flags().contains(PM_WARMUP));
  }

  @Test
  void thirtySecondsAfterTheStartTheFanHasItsSpeed() throws IOException {
    start();
    time.pass(Duration.ofSeconds(30));
    assertEquals(Set.of(GAS_WARMUP), read(VALUES, NUMBERS).flags());
    assertEquals(Optional.empty(), sensor.remark());
    assertEquals(new PartIdentity("7C1E60B3A95D2F48", ""), sensor.identity());
  }

  @Test
  void anUnknownCo2AloneIsAFaultToo() throws IOException {
    startAndLearn();
    String unknownCo2 = VALUES.substring(0, VALUES.length() - 6) + "ffffac";
    Sample sample = read(unknownCo2, NUMBERS);
    assertEquals(15, sample.readings().size());
    assertEquals(Set.of(GAS_FAULT), sample.flags());
  }

  @Test
  void unknownCountsAreNoFaultAndAnUnknownMassIsOne() throws IOException {
    startAndLearn();
    assertEquals(Set.of(), read(VALUES, UNKNOWN_NUMBERS).flags());
    String unknownMass = "ffffac" + VALUES.substring(6);
    assertEquals(Set.of(PM_FAULT), read(unknownMass, NUMBERS).flags());
  }

  @Test
  void anUnknownNoxAloneIsAFaultToo() throws IOException {
    startAndLearn();
    String unknownNox = VALUES.substring(0, VALUES.length() - 12) + "7fff8f" + "026427";
    Sample sample = read(unknownNox, NUMBERS);
    assertTrue(sample.get(Quantity.NOX_INDEX).isEmpty());
    assertEquals(Set.of(GAS_FAULT), sample.flags());
  }
}
