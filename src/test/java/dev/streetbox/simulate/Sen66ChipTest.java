package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static dev.streetbox.simulate.Bench.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands, times and words of Sensirion's arduino-i2c-sen66 1.7.0. */
class Sen66ChipTest {
  private static final String START = "0021";
  private static final String STOP = "0104";
  private static final String READY = "0202";
  private static final String VALUES = "0300";
  private static final String NUMBERS = "0316";
  private static final String CLEAN = "5607";
  private static final String NAME = "d014";
  private static final String STATUS = "d206";
  private static final String CLEAR = "d210";
  private static final String NOT_READY = "000081";
  private static final String IS_READY = "0001b0";
  private static final String HEALTHY = "000081000081";
  private static final int UNKNOWN = 0xffff;
  private static final int UNKNOWN_SIGNED = 0x7fff;

  private final Bench bench = new Bench(b -> new Sen66Chip(b.time, b::at, b.part));

  @BeforeEach
  void powerHasCome() {
    bench.pass(100);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String ask(String command, int words) throws IOException {
    return bench.ask(command, 20, 3 * words);
  }

  private void settle() throws IOException {
    bench.write(START);
    bench.pass(60_500);
  }

  @Test
  void itNeedsATenthOfASecondOfPower() throws IOException {
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertNack(() -> bench.write(STOP));
    bench.pass(99);
    assertNack(() -> bench.write(STOP));
    bench.pass(1);
    bench.write(STOP);
  }

  @Test
  void itSaysWhoItIs() throws IOException {
    assertTrue(ask(NAME, 16).startsWith("534583" + "4e3606" + "360069" + "000081"));
    assertTrue(ask("d002", 16).startsWith("3030f6" + "30384f" + "3533d2" + "3030f6"));
    assertEquals("040002", ask("d100", 1));
    bench.part.fail(InjectedFault.WRONG_PART);
    assertEquals(0x3343, word(ask(NAME, 16), 2)); // "3C"
  }

  @Test
  void eachCommandTakesItsTimeAndIsAnsweredOnce() throws IOException {
    bench.write(STATUS);
    bench.pass(19);
    assertNack(() -> bench.read(6));
    assertNack(() -> bench.write(STATUS));
    bench.pass(1);
    assertEquals(HEALTHY, bench.read(6));
    assertNack(() -> bench.read(6));
    bench.write(START);
    bench.pass(49);
    assertNack(() -> bench.write(READY));
    bench.pass(1);
    bench.write(STOP);
    bench.pass(1_399);
    assertNack(() -> bench.write(READY));
    bench.pass(1);
    bench.write("d304");
    bench.pass(1_199);
    assertNack(() -> bench.write(READY));
    bench.pass(1);
    bench.write(READY);
  }

  @Test
  void inIdleThereAreNoValues() throws IOException {
    assertEquals(NOT_READY, ask(READY, 1));
    bench.write(VALUES);
    bench.pass(20);
    assertNack(() -> bench.read(27));
  }

  @Test
  void aSetComesEachSecondAndIsNewOnce() throws IOException {
    bench.write(START);
    bench.pass(1_080);
    assertEquals(NOT_READY, ask(READY, 1));
    assertEquals(IS_READY, ask(READY, 1));
    ask(VALUES, 9);
    assertEquals(NOT_READY, ask(READY, 1));
    bench.pass(1_000);
    assertEquals(IS_READY, ask(READY, 1));
  }

  @Test
  void theAirsTruthComesAfterHalfAMinute() throws IOException {
    bench.breathe(new GroundTruth.Air(40, 15, 0.2, 0.5, -5, 50));
    settle();
    String values = ask(VALUES, 9);
    assertEquals(400, word(values, 1), 5);
    assertEquals(550, word(values, 3), 5);
    assertEquals(5_000, word(values, 4));
    assertEquals(-1_000, (short) word(values, 5));
    assertEquals(1_300, word(values, 6));
    assertEquals(160, word(values, 7));
    assertEquals(425 + 90 + 8, word(values, 8));
    String numbers = ask(NUMBERS, 5);
    assertTrue(word(numbers, 0) < word(numbers, 1) && word(numbers, 3) < word(numbers, 4));
  }

  @Test
  void whatIsNotKnownYetIsMarked() throws IOException {
    bench.write(START);
    bench.pass(500);
    String none = ask(VALUES, 9);
    assertEquals(UNKNOWN, word(none, 0));
    assertEquals(UNKNOWN_SIGNED, word(none, 4));
    assertEquals(UNKNOWN, word(none, 8));
    assertEquals(UNKNOWN, word(ask(NUMBERS, 5), 4));
    bench.pass(3_000);
    String early = ask(VALUES, 9);
    assertNotEquals(UNKNOWN, word(early, 0));
    assertEquals(UNKNOWN, word(early, 8));
    bench.pass(3_000);
    assertNotEquals(UNKNOWN, word(ask(VALUES, 9), 8));
    assertEquals(UNKNOWN_SIGNED, word(ask(VALUES, 9), 7));
    bench.pass(5_000);
    assertEquals(10, word(ask(VALUES, 9), 7));
  }

  @Test
  void faultsStayInTheStatusUntilItIsReadAndCleared() throws IOException {
    settle();
    bench.part.fail(InjectedFault.FAN_STOPPED);
    bench.part.fail(InjectedFault.LASER);
    bench.part.fail(InjectedFault.GAS_PIXEL);
    assertEquals(0x890, word(ask(STATUS, 2), 1));
    bench.part.heal();
    assertEquals(0x890, word(ask(STATUS, 2), 1));
    assertEquals(0x890, word(ask(CLEAR, 2), 1));
    assertEquals(HEALTHY, ask(STATUS, 2));
    bench.part.fail(InjectedFault.FAN_SPEED);
    assertEquals(0x20, word(ask(STATUS, 2), 0));
    bench.part.heal();
    assertEquals(HEALTHY, ask(STATUS, 2));
  }

  @Test
  void itsFanIsCleanedInIdleOnlyAndAStartBeforeTheEndIsAMistake() throws IOException {
    settle();
    bench.write(CLEAN);
    bench.pass(20);
    bench.write(STOP);
    bench.pass(1_400);
    bench.write(START);
    bench.pass(50);
    assertEquals(List.of(), bench.part.violations(), "measuring it ignores the command");
    bench.write(STOP);
    bench.pass(1_400);
    bench.write(CLEAN);
    bench.pass(9_999);
    bench.write(START);
    assertEquals(1, bench.part.violations().size());
  }

  @Test
  void itsFaultsAreThoseOfARealOne() throws IOException {
    settle();
    bench.part.fail(InjectedFault.SATURATED);
    bench.pass(1_000);
    assertEquals(0xfffe, word(ask(VALUES, 9), 0));
    bench.part.heal();
    bench.pass(1_000);
    String before = ask(VALUES, 9);
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(300, 100, 0, 0, 5, 50));
    bench.pass(5_000);
    assertEquals(IS_READY, ask(READY, 1));
    assertEquals(before, ask(VALUES, 9));
    bench.part.heal();
    bench.part.fail(InjectedFault.WRONG_CHECKSUM);
    assertNotEquals(HEALTHY, ask(STATUS, 2));
    bench.part.heal();
    bench.part.fail(InjectedFault.FAN_STOPPED);
    bench.pass(1_000);
    assertEquals(0, word(ask(NUMBERS, 5), 1));
    bench.part.heal();
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertNack(() -> bench.write(READY));
    bench.pass(100);
    assertEquals(NOT_READY, ask(READY, 1)); // idle, and silent about it
  }
}
