package dev.streetbox.driver;

import static dev.streetbox.driver.SensirionHex.words;
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
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Sps30Test {
  /** Values captured from a real part by avaldebe/PyPMS (45c3bf0, MIT), framed for I2C. */
  private static final String CAPTURED =
      "40a76383200941172877bb41414a1a5f83d64154468dddaa41d29a833e55"
          + "4213c1fc85a24226f11722a54229dfa4d971422a8c29bc5c3f5521b7e7e8";

  /** A later set of the same part: 62.84 particles per cm³ instead of 42.54. */
  private static final String LATER =
      "40fa519fee8b411ea06a132a41336a60819f4137ae91cd334249648ec831"
          + "427118b1181e4279a19ab459427bc3201bf4427bc36021633f3c12a4c47e";

  private static final String PRODUCT = "3030f6 30384f 3030f6 3030f6";

  /** "5B0F6A12D9C47E38" in 16 words. */
  private static final String SERIAL =
      "35421b 3046a8 364165 313260 4439c6 433424 374555 333862 " + "000081".repeat(8);

  private static final String ZERO = "000081";
  private static final String NOT_READY = "000081";
  private static final String READY = "0001b0";
  private static final Duration MS_5 = Duration.ofMillis(5);
  private static final Duration MS_20 = Duration.ofMillis(20);

  private final ScriptedTime time = new ScriptedTime();
  private final CountedFan fan = new CountedFan();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Sps30 sensor = new Sps30(port, time, Sps30.Format.FLOAT, fan);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private ScriptedI2c wakesAndStops() {
    port.write("1103").waits(MS_5).write("1103").waits(MS_5);
    return port.write("0104").waits(MS_20);
  }

  private ScriptedI2c identifies() {
    port.write("d100").waits(MS_5).read(words(0x0203));
    return port.write("d002").waits(MS_5).read(PRODUCT).write("d033").waits(MS_5).read(SERIAL);
  }

  private ScriptedI2c startsMeasuring() {
    port.write("d210").waits(MS_5);
    return port.write("0010 0300ac").waits(MS_20);
  }

  private static String floats(double... values) {
    StringBuilder hex = new StringBuilder();
    for (double value : values) {
      int bits = Float.floatToIntBits((float) value);
      hex.append(words(bits >>> 16, bits & 0xffff));
    }
    return hex.toString();
  }

  private void start() throws IOException {
    wakesAndStops();
    identifies();
    startsMeasuring();
    sensor.start();
  }

  private ScriptedI2c hasValues(String values) {
    port.write("0202").waits(MS_5).read(READY);
    return port.write("0300").waits(MS_5).read(values);
  }

  private Sample read(String values) throws IOException {
    return readWithStatus(values, ZERO + ZERO);
  }

  private Sample readWithStatus(String values, String status) throws IOException {
    hasValues(values).waits(Duration.ZERO).write("d206").waits(MS_5).read(status);
    return sensor.read();
  }

  /** Returns the first sample after the longest start-up time, with a good status. */
  private void startAndWarmUp() throws IOException {
    start();
    time.pass(Duration.ofSeconds(30));
    read(LATER);
  }

  @Test
  void aCapturedSetBecomesTenReadings() throws IOException {
    startAndWarmUp();
    Sample sample = read(CAPTURED);
    Map<Quantity, Double> expected =
        Map.of(
            Quantity.PM1, 5.23475647,
            Quantity.PM2_5, 9.46673107,
            Quantity.PM4, 12.6483183,
            Quantity.PM10, 13.2846346,
            Quantity.NC0_5, 26.3140831,
            Quantity.NC1, 36.9966011,
            Quantity.NC2_5, 41.5225906,
            Quantity.NC4, 42.410984,
            Quantity.NC10, 42.5407562,
            Quantity.PARTICLE_SIZE, 0.834837377);
    assertEquals(expected.keySet(), sample.readings().keySet());
    expected.forEach(
        (quantity, value) ->
            assertEquals(value, sample.get(quantity).orElseThrow(), 1e-6, quantity.key()));
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void theEndsOfTheRangeAreReadings() throws IOException {
    startAndWarmUp();
    Sample least = read(floats(0, 0, 0, 0, 0, 0, 0, 0, 0.01, 0));
    assertEquals(9, least.readings().size(), "a size of 0 is none");
    assertEquals(Set.of(), least.flags());
    Sample greatest = read(floats(1000, 1000, 1000, 1000, 3000, 3000, 3000, 3000, 3000, 10));
    assertEquals(10, greatest.readings().size());
    assertEquals(Set.of(), greatest.flags());
  }

  @Test
  void oneValueBeyondItsRangeWithdrawsTheWholeSet() throws IOException {
    startAndWarmUp();
    double[] good = {1, 2, 3, 4, 10, 20, 30, 40, 50, 0.5};
    for (int i = 0; i < good.length; i++) {
      for (double wrong : new double[] {-1, 3001, 1e5, Double.NaN, Float.POSITIVE_INFINITY}) {
        double[] values = good.clone();
        values[i] = wrong;
        Sample sample = read(floats(values));
        assertEquals(Set.of(PM_FAULT, OUT_OF_RANGE), sample.flags(), wrong + " at " + i);
        assertEquals(Map.of(), sample.readings());
      }
    }
    assertEquals(10, read(floats(good)).readings().size());
  }

  /** Recorded on a part that saw nothing: masses 0, numbers -0.0 and 0, size 1.63. */
  @Test
  void aPartThatSeesNotOneParticleIsBlindFromItsFirstSetOn() throws IOException {
    String blind = floats(0, 0, 0, 0, -0.0, 0, -0.0, 0, -0.0, 1.63);
    start();
    time.pass(Duration.ofSeconds(1));
    assertEquals(new Sample(Map.of(), Set.of(PM_WARMUP, PM_FAULT)), read(blind));
    time.pass(Duration.ofSeconds(30));
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT)), read(blind));
    assertTrue(sensor.remark().orElseThrow().contains("filtered air"));
    assertEquals(Set.of(), read(CAPTURED).flags());
    assertEquals(Optional.empty(), sensor.remark());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "500 34 3 4 10 20 30 40 50 1",
        "1 2 4 3 10 20 30 40 50 1",
        "1 2 3 4 20 10 30 40 50 1",
        "1 2 3 4 10 20 30 50 40 1"
      })
  void aLargerSizeRangeWithLessThanASmallerOneIsAFault(String set) throws IOException {
    startAndWarmUp();
    double[] values = Arrays.stream(set.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT)), read(floats(values)));
    assertTrue(sensor.remark().orElseThrow().contains("contradict"));
  }

  @Test
  void aWrongChecksumOfTheLastWordIsAFrameFaultAndNoReading() throws IOException {
    start();
    hasValues(CAPTURED.replace("21b7e7e8", "2137e7e8"));
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("word 19"), error.getMessage());
  }

  @Test
  void aBusStuckLowIsAFrameFaultOfTheFirstWord() throws IOException {
    start();
    hasValues("00".repeat(60));
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("word 0"), error.getMessage());
  }

  @Test
  void aShortReadIsABusFault() throws IOException {
    start();
    port.write("0202").waits(MS_5).read(READY).write("0300").waits(MS_5);
    port.readFails(new BusException("answered 30 of 60 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aPartThatIsMissingIsABusFaultOfTheStart() {
    port.writeNack("1103").writeNack("1103").writeNack("0104").writeNack("d100");
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void aBusErrorIsNotTakenForAMissingAcknowledge() throws IOException {
    start();
    port.write("0202").waits(MS_5).readFails(new BusException("arbitration lost", 11));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aPartThatIsNotReadyYetIsInWarmUp() throws IOException {
    start();
    port.write("0202").waits(MS_5).read(NOT_READY);
    assertEquals(new Sample(Map.of(), Set.of(PM_WARMUP)), sensor.read());
    read(CAPTURED);
    port.write("0202").waits(MS_5).read(NOT_READY);
    assertEquals(Sample.NOTHING, sensor.read());
  }

  @Test
  void aPartAsleepIsWokenByTheSecondCommand() throws IOException {
    port.writeNack("1103").write("1103").waits(MS_5).write("0104").waits(MS_20);
    identifies();
    startsMeasuring();
    sensor.start();
  }

  @Test
  void aPartThatAcknowledgesNeitherWakeNorStopIsAwakeAndIdle() throws IOException {
    port.writeNack("1103").writeNack("1103").writeNack("0104");
    identifies();
    startsMeasuring();
    sensor.start();
  }

  @Test
  void firmwareOneHasNeitherProductNorStatus() throws IOException {
    wakesAndStops().write("d100").waits(MS_5).read(words(0x0100));
    port.write("0010 0300ac").waits(MS_20);
    sensor.start();
    time.pass(Duration.ofSeconds(30));
    hasValues(CAPTURED);
    assertEquals(Set.of(), sensor.read().flags());
  }

  @Test
  void firmwareTwoHasAProductAndNoStatus() throws IOException {
    wakesAndStops().write("d100").waits(MS_5).read(words(0x0201));
    port.write("d002").waits(MS_5).read(PRODUCT).write("d033").waits(MS_5).read(SERIAL);
    port.write("0010 0300ac").waits(MS_20);
    sensor.start();
    time.pass(Duration.ofSeconds(30));
    hasValues(CAPTURED);
    assertEquals(Set.of(), sensor.read().flags());
  }

  @Test
  void anotherProductAtTheAddressIsRefused() {
    wakesAndStops().write("d100").waits(MS_5).read(words(0x0203));
    // "00080001"
    port.write("d002").waits(MS_5).read("3030f6 30384f 3030f6" + words(0x3031));
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("00080001"), error.getMessage());
  }

  @ParameterizedTest(name = "status {0}")
  @ValueSource(strings = {"0020 07 0000 81", "0000 81 0020 07"})
  void laserAndFanSpeedAreFaultsUntilTheStatusIsGoodAgain(String status) throws IOException {
    startAndWarmUp();
    Sample sample = readWithStatus(CAPTURED, status);
    assertEquals(Set.of(PM_FAULT), sample.flags());
    boolean blind = status.startsWith("0000");
    assertEquals(blind, sample.readings().isEmpty(), "a slow fan still moves some air");
    assertEquals(Set.of(PM_FAULT), readWithStatus(LATER, status).flags());
    assertEquals(Set.of(), read(CAPTURED).flags());
  }

  /** The bit stays set until it is cleared, even if the fan turns again (4.4). */
  @Test
  void aFanThatStoodIsAFaultForHalfAMinuteAfterItWasLastSeenStanding() throws IOException {
    startAndWarmUp();
    hasValues(CAPTURED).waits(Duration.ZERO).write("d206").waits(MS_5).read(ZERO + "0010 c2");
    port.write("d210").waits(MS_5);
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT)), sensor.read());
    time.pass(Duration.ofSeconds(29));
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT)), read(LATER));
    time.pass(Duration.ofSeconds(1));
    assertEquals(Set.of(), read(CAPTURED).flags());
  }

  @Test
  void reservedStatusBitsAreNoFault() throws IOException {
    startAndWarmUp();
    time.pass(Duration.ofSeconds(5));
    assertEquals(Set.of(), readWithStatus(CAPTURED, "0000 81 0001 b0").flags());
  }

  // Datasheet v1.0, table 1: 8 s for 200 to 3000, 16 s for 100 to 200, 30 s for 50 to 100 per cm³.
  @ParameterizedTest(name = "{0} per cm³: {1} s")
  @CsvSource({"3000, 8", "200, 8", "199.9, 16", "100, 16", "99.9, 30", "50, 30", "0.5, 30"})
  void theStartUpTimeGrowsAsTheAirGetsCleaner(double total, long seconds) throws IOException {
    start();
    Duration last = Duration.ofSeconds(seconds).minusMillis(11);
    String values = floats(1, 1, 1, 1, 0, 0, 0, 0, total, 1);
    time.pass(last);
    assertEquals(Set.of(PM_WARMUP), read(values).flags());
    assertEquals(Set.of(), read(values).flags());
  }

  @Test
  void aPartThatIsNeverReadyIsIdleAndIsStartedAgain() throws IOException {
    startAndWarmUp();
    for (int second = 1; second < 4; second++) {
      time.pass(Duration.ofMillis(995));
      port.write("0202").waits(MS_5).read(NOT_READY);
      assertEquals(Sample.NOTHING, sensor.read());
    }
    time.pass(Duration.ofSeconds(1));
    port.write("0202").waits(MS_5).read(NOT_READY);
    BusException error = assertThrows(BusException.class, sensor::read);
    assertTrue(error.getMessage().contains("idle"), error.getMessage());
    start();
    assertEquals(Set.of(PM_WARMUP), read(CAPTURED).flags());
  }

  @Test
  void aFanThatRanForAWeekIsCleanedInTheStartUpTimeWhichBeginsAgainAfterIt() throws IOException {
    fan.addRunTime(Duration.ofDays(7));
    start();
    time.pass(Duration.ofSeconds(1));
    hasValues(LATER).waits(Duration.ZERO).write("d206").waits(MS_5).read(ZERO + ZERO);
    port.write("5607").waits(MS_5);
    assertEquals(Set.of(PM_WARMUP), sensor.read().flags());
    assertEquals(Duration.ZERO, fan.ran());
    time.pass(Duration.ofSeconds(39)); // 10 s of cleaning, 30 s of start-up in clean air
    assertEquals(Set.of(PM_WARMUP), read(LATER).flags());
    time.pass(Duration.ofSeconds(1));
    assertEquals(Set.of(), read(CAPTURED).flags());
  }

  @Test
  void aCleaningThatIsDueLaterIsDoneAtTheNextStart() throws IOException {
    startAndWarmUp();
    fan.addRunTime(Duration.ofDays(7));
    time.pass(Duration.ofSeconds(1));
    assertEquals(Set.of(), read(CAPTURED).flags());
    assertEquals(Duration.ofDays(7).plusSeconds(31).plusMillis(15), fan.ran());
  }

  @Test
  void aMissingAcknowledgeOfAReadIsABusFault() throws IOException {
    start();
    port.write("0202").waits(MS_5).readNack();
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void valuesThatNeverChangeAreStuck() throws IOException {
    startAndWarmUp();
    read(CAPTURED);
    time.pass(Duration.ofSeconds(59));
    assertEquals(Set.of(), read(CAPTURED).flags());
    time.pass(Duration.ofSeconds(1));
    assertEquals(Set.of(PM_STUCK), read(CAPTURED).flags());
    assertEquals(Set.of(), read(LATER).flags());
  }

  private final Sps30 whole = new Sps30(port, time, Sps30.Format.INTEGER, fan);

  private static String integers(int... values) {
    StringBuilder hex = new StringBuilder();
    for (int value : values) {
      hex.append(words(value));
    }
    return hex.toString();
  }

  private void startWhole() throws IOException {
    wakesAndStops();
    identifies();
    port.write("d210").waits(MS_5).write("0010 0500f6").waits(MS_20);
    whole.start();
    time.pass(Duration.ofSeconds(30));
  }

  // 6.3.4: µg/m³ and 1/cm³ as they are, the size in nm.
  @Test
  void wholeNumbersAreTheSameReadings() throws IOException {
    startWhole();
    hasValues(integers(1, 2, 3, 1000, 26, 37, 41, 42, 3000, 834));
    port.write("d206").waits(MS_5).read(ZERO + ZERO);
    Sample sample = whole.read();
    assertEquals(10, sample.readings().size());
    assertEquals(2, sample.get(Quantity.PM2_5).orElseThrow());
    assertEquals(1000, sample.get(Quantity.PM10).orElseThrow());
    assertEquals(3000, sample.get(Quantity.NC10).orElseThrow());
    assertEquals(0.834, sample.get(Quantity.PARTICLE_SIZE).orElseThrow());
    assertEquals(Set.of(), sample.flags());
    hasValues(integers(1001, 2, 3, 0xFFFF, 26, 37, 41, 42, 3001, 10_001));
    port.write("d206").waits(MS_5).read(ZERO + ZERO);
    Sample beyond = whole.read();
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT, OUT_OF_RANGE)), beyond);
  }

  @Test
  void wholeNumbersMayRepeatForFiveMinutes() throws IOException {
    startWhole();
    String values = integers(1, 2, 3, 4, 26, 37, 41, 42, 300, 834);
    hasValues(values);
    port.write("d206").waits(MS_5).read(ZERO + ZERO);
    whole.read();
    time.pass(Duration.ofSeconds(299));
    hasValues(values).waits(Duration.ZERO).write("d206").waits(MS_5).read(ZERO + ZERO);
    assertEquals(Set.of(), whole.read().flags());
    time.pass(Duration.ofSeconds(1));
    hasValues(values).waits(Duration.ZERO).write("d206").waits(MS_5).read(ZERO + ZERO);
    assertEquals(Set.of(PM_STUCK), whole.read().flags());
  }

  @Test
  void wholeNumbersOfFirmwareOneAreAFaultThatNamesTheSetting() {
    wakesAndStops().write("d100").waits(MS_5).read(words(0x0100));
    FrameException error = assertThrows(FrameException.class, whole::start);
    assertTrue(error.getMessage().contains("its firmware 1 has"), error.getMessage());
    assertTrue(error.getMessage().contains("mode = \"float\""), error.getMessage());
  }

  @Test
  void closingStopsThePartAndNeverThrows() {
    port.write("0104").waits(MS_20);
    sensor.close();
    port.writeNack("0104");
    sensor.close();
  }

  @Test
  void theSerialNumberAndTheFirmwareAreThoseOfTheLastStart() throws IOException {
    assertEquals(PartIdentity.NONE, sensor.identity());
    start();
    assertEquals(new PartIdentity("5B0F6A12D9C47E38", "2.3"), sensor.identity());
    wakesAndStops().write("d100").waits(MS_5).read(words(0x0100));
    port.write("0010 0300ac").waits(MS_20);
    sensor.start();
    assertEquals(new PartIdentity("", "1.0"), sensor.identity());
  }

  @Test
  void thePartIsReadOnceASecond() {
    assertEquals(Duration.ofSeconds(1), sensor.rhythm().period());
    assertEquals(Duration.ofMillis(2_500), sensor.rhythm().fresh());
  }

  @Test
  void afterARestartTheTimeWithoutAChangeBeginsAgain() throws IOException {
    startAndWarmUp();
    read(CAPTURED);
    time.pass(Duration.ofMinutes(1));
    start();
    assertFalse(read(CAPTURED).flags().contains(PM_STUCK));
  }

  @Test
  void afterARestartErrorsOfTheStatusRegisterAreNoLongerHeld() throws IOException {
    startAndWarmUp();
    hasValues(CAPTURED).waits(Duration.ZERO).write("d206").waits(MS_5);
    port.read(ZERO + words(0x0010)).write("d210").waits(MS_5);
    assertEquals(Set.of(PM_FAULT), sensor.read().flags());
    start();
    assertFalse(read(CAPTURED).flags().contains(PM_FAULT));
  }

  @Test
  void theFirmwareThatHasAProductTypeAndWholeNumbersIsVersionTwo() throws IOException {
    wakesAndStops().write("d100").waits(MS_5).read(words(0x0200));
    port.write("d002").waits(MS_5).read(PRODUCT).write("d033").waits(MS_5).read(SERIAL);
    port.write("0010 0500f6").waits(MS_20);
    whole.start();
    wakesAndStops().write("d100").waits(MS_5).read(words(0x0202));
    port.write("d002")
        .waits(MS_5)
        .read(PRODUCT)
        .write("d033")
        .waits(MS_5)
        .read(SERIAL)
        .write("d210")
        .waits(MS_5);
    port.write("0010 0500f6").waits(MS_20);
    whole.start();
  }

  @Test
  void fourSecondsWithoutANewSetAreABusFault() throws IOException {
    startAndWarmUp();
    time.pass(Duration.ofMillis(3_999 - 15)); // reading the last set took 15 ms
    port.write("0202").waits(MS_5).read(NOT_READY);
    assertEquals(Sample.NOTHING, sensor.read());
    startAndWarmUp();
    time.pass(Duration.ofMillis(4_000 - 15));
    port.write("0202").waits(MS_5).read(NOT_READY);
    assertThrows(BusException.class, sensor::read);
  }

  @ParameterizedTest(name = "status {0}: {1}")
  @CsvSource({"000081 002007, the laser", "000081 0010c2, the fan"})
  void theRemarkNamesWhatTheStatusRegisterReports(String status, String part) throws IOException {
    startAndWarmUp();
    assertEquals(Optional.empty(), sensor.remark());
    hasValues(CAPTURED).waits(Duration.ZERO).write("d206").waits(MS_5).read(status);
    if (part.equals("the fan")) {
      port.write("d210").waits(MS_5);
    }
    sensor.read();
    assertEquals(Optional.of("its status register reports " + part), sensor.remark());
  }
}
