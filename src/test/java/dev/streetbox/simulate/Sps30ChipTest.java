package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static dev.streetbox.simulate.Bench.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests frames against the SPS30 datasheet 1.0, section 6.3, with checksums by section 6.2. */
class Sps30ChipTest {
  private static final String START_FLOAT = "0010 0300 ac";
  private static final String START_INTEGER = "0010 0500 f6";
  private static final String STOP = "0104";
  private static final String READY = "0202";
  private static final String VALUES = "0300";
  private static final String SLEEP = "1001";
  private static final String WAKE = "1103";
  private static final String CLEAN = "5607";
  private static final String STATUS = "d206";
  private static final String NOT_READY = "000081";
  private static final String IS_READY = "0001b0";
  private static final String HEALTHY = "000081000081";
  private static final int FLOAT_BYTES = 60;
  private static final int INTEGER_BYTES = 30;

  private final Bench bench = new Bench(b -> new Sps30Chip(b.time, b::at, b.part));

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void productSerialNumberAndVersionAreReadable() throws IOException {
    assertEquals("3030f630384f3030f63030f6", bench.ask("d002", 0, 12));
    assertEquals(
        "0202" + String.format("%02x", SensirionReply.crc(0x0202)), bench.ask("d100", 0, 3));
    String serial = bench.ask("d033", 0, 48);
    assertEquals(0x3542, word(serial, 0)); // "5B"
    assertEquals(0x0000, word(serial, 15));
  }

  @Test
  void checksumsAreThoseOfTheDatasheet() {
    assertEquals(0x92, SensirionReply.crc(0xbeef));
    assertEquals(0x98, SensirionReply.crc(0xdead));
    assertEquals(0x81, SensirionReply.crc(0x0000));
    assertEquals(0xac, SensirionReply.crc(0xffff));
  }

  @Test
  void aCommandThatIsNotAllowedInIdleIsIgnored() throws IOException {
    bench.write(VALUES);
    assertNack(() -> bench.read(FLOAT_BYTES));
    bench.write(READY);
    assertNack(() -> bench.read(3));
    bench.write(CLEAN);
    bench.write(START_FLOAT); // not busy with cleaning
  }

  @Test
  void aStartWithAWrongChecksumIsIgnored() throws IOException {
    bench.write("0010 0300 ad");
    bench.pass(2_000);
    bench.write(READY);
    assertNack(() -> bench.read(3));
  }

  @Test
  void startingTakesTwentyMilliseconds() throws IOException {
    bench.write(START_FLOAT);
    bench.pass(19);
    assertNack(() -> bench.write(READY));
    bench.pass(1);
    assertEquals(NOT_READY, bench.ask(READY, 0, 3));
  }

  @Test
  void aSetComesEachSecondAndIsNewOnce() throws IOException {
    bench.write(START_FLOAT);
    bench.pass(500);
    bench.write(VALUES);
    assertNack(() -> bench.read(FLOAT_BYTES));
    for (int set = 0; set < 5; set++) {
      bench.pass(Sps30Chip.SET_MS);
      assertEquals(IS_READY, bench.ask(READY, 0, 3));
      String values = bench.ask(VALUES, 0, FLOAT_BYTES);
      assertEquals(NOT_READY, bench.ask(READY, 0, 3));
      assertEquals(values, bench.ask(VALUES, 0, FLOAT_BYTES));
    }
  }

  @Test
  void everyWordOfTheValuesHasItsChecksum() throws IOException {
    assertCrc(settled(START_FLOAT, FLOAT_BYTES));
    bench.write(STOP);
    bench.pass(20);
    assertCrc(settled(START_INTEGER, INTEGER_BYTES));
  }

  @Test
  void bothFormatsHaveTheTruthAfterHalfAMinute() throws IOException {
    bench.breathe(new GroundTruth.Air(40, 15, 0, 0, 5, 50));
    String floats = settled(START_FLOAT, FLOAT_BYTES);
    assertEquals(40, real(floats, 1), 1);
    assertEquals(55, real(floats, 3), 1);
    assertTrue(real(floats, 4) < real(floats, 5) && real(floats, 7) < real(floats, 8));
    bench.write(STOP);
    bench.pass(20);
    String integers = settled(START_INTEGER, INTEGER_BYTES);
    assertEquals(40, word(integers, 1), 1);
    assertEquals(55, word(integers, 3), 1);
    assertEquals(real(floats, 9) * 1_000, word(integers, 9), 1); // nm instead of µm
  }

  @Test
  void theFirstSecondsReadLow() throws IOException {
    bench.write(START_INTEGER);
    bench.pass(1_100);
    assertTrue(word(bench.ask(VALUES, 0, INTEGER_BYTES), 1) < 12);
  }

  @Test
  void cleaningFreezesTheValuesForTenSeconds() throws IOException {
    String before = settled(START_FLOAT, FLOAT_BYTES);
    bench.write(CLEAN);
    bench.breathe(new GroundTruth.Air(300, 100, 0, 0, 5, 50));
    bench.pass(9_000);
    assertEquals(IS_READY, bench.ask(READY, 0, 3));
    assertEquals(before, bench.ask(VALUES, 0, FLOAT_BYTES));
    bench.pass(2_100);
    assertNotEquals(before, bench.ask(VALUES, 0, FLOAT_BYTES));
  }

  @Test
  void theCleaningIntervalIsKeptWithoutPowerAndRestartsAtPowerUp() throws IOException {
    assertEquals(0x0009, word(bench.ask("8004", 5, 6), 0)); // 604,800 s
    bench.write("8004 0000 81 003c 39"); // a minute
    bench.pass(20);
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertEquals(0x003c, word(bench.ask("8004", 5, 6), 1));
    String before = settled(START_FLOAT, FLOAT_BYTES);
    bench.pass(20_000);
    assertEquals(before, bench.ask(VALUES, 0, FLOAT_BYTES));
    bench.breathe(new GroundTruth.Air(300, 100, 0, 0, 5, 50));
    bench.write(READY); // the minute has passed, so that cleaning begins
    bench.pass(9_000);
    assertEquals(before, bench.ask(VALUES, 0, FLOAT_BYTES));
  }

  @Test
  void onlyTheSecondWakeUpWithinATenthOfASecondWakes() throws IOException {
    bench.write(SLEEP);
    bench.pass(5);
    assertNack(() -> bench.write(WAKE));
    bench.pass(100);
    assertNack(() -> bench.write(WAKE));
    bench.pass(99);
    bench.write(WAKE);
    bench.pass(5);
    bench.write(START_FLOAT);
  }

  @Test
  void theSleepCommandIsAllowedInIdleOnly() throws IOException {
    bench.write(START_FLOAT);
    bench.pass(20);
    bench.write(SLEEP);
    assertEquals(NOT_READY, bench.ask(READY, 0, 3));
  }

  @Test
  void aStoppedFanStaysInTheStatusUntilItIsCleared() throws IOException {
    settled(START_FLOAT, FLOAT_BYTES);
    bench.part.fail(InjectedFault.FAN_STOPPED);
    bench.pass(1_100);
    assertEquals("0000810010c2", bench.ask(STATUS, 0, 6));
    assertEquals(0, word(bench.ask(VALUES, 0, FLOAT_BYTES), 2));
    bench.part.heal();
    assertEquals("0000810010c2", bench.ask(STATUS, 0, 6));
    bench.write("d210");
    bench.pass(5);
    assertEquals(HEALTHY, bench.ask(STATUS, 0, 6));
  }

  @Test
  void speedAndLaserFlagsClearByThemselvesAndSpeedIsCheckedAfterThreeSeconds() throws IOException {
    bench.part.fail(InjectedFault.FAN_SPEED);
    bench.write(START_FLOAT);
    bench.pass(2_900);
    assertEquals(HEALTHY, bench.ask(STATUS, 0, 6));
    bench.pass(200);
    assertEquals("002007000081", bench.ask(STATUS, 0, 6));
    bench.part.heal(InjectedFault.FAN_SPEED);
    bench.part.fail(InjectedFault.LASER);
    assertEquals(1 << 5, word(bench.ask(STATUS, 0, 6), 1));
    bench.part.heal();
    assertEquals(HEALTHY, bench.ask(STATUS, 0, 6));
  }

  @Test
  void aBrownOutLeavesThePartIdleWithoutAFlag() throws IOException {
    settled(START_FLOAT, FLOAT_BYTES);
    bench.part.fail(InjectedFault.BROWN_OUT);
    bench.write(VALUES);
    assertNack(() -> bench.read(FLOAT_BYTES));
    assertEquals(HEALTHY, bench.ask(STATUS, 0, 6));
  }

  @Test
  void aResetTakesATenthOfASecond() throws IOException {
    settled(START_FLOAT, FLOAT_BYTES);
    bench.write("d304");
    bench.pass(99);
    assertNack(() -> bench.write(STATUS));
    bench.pass(1);
    bench.write(READY);
    assertNack(() -> bench.read(3));
  }

  @Test
  void stuckValuesAreStillReportedReady() throws IOException {
    String before = settled(START_FLOAT, FLOAT_BYTES);
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(300, 100, 0, 0, 5, 50));
    bench.pass(5_000);
    assertEquals(IS_READY, bench.ask(READY, 0, 3));
    assertEquals(before, bench.ask(VALUES, 0, FLOAT_BYTES));
  }

  private String settled(String start, int count) throws IOException {
    bench.write(start);
    bench.pass(45_000);
    return bench.ask(VALUES, 0, count);
  }

  private static void assertCrc(String answer) {
    for (int i = 0; i < answer.length() / 6; i++) {
      String expected = String.format(Locale.ROOT, "%02x", SensirionReply.crc(word(answer, i)));
      assertEquals(expected, answer.substring(6 * i + 4, 6 * i + 6), "word " + i);
    }
  }

  private static float real(String answer, int index) {
    return Float.intBitsToFloat(word(answer, 2 * index) << 16 | word(answer, 2 * index + 1));
  }
}
