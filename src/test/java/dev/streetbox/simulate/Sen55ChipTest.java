package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static dev.streetbox.simulate.Bench.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests commands and words against the SEN5x datasheet v2; checksums as of the SPS30. */
class Sen55ChipTest {
  private static final String START = "0021";
  private static final String START_WITHOUT_PM = "0037";
  private static final String STOP = "0104";
  private static final String READY = "0202";
  private static final String VALUES = "03c4";
  private static final String RAW = "03d2";
  private static final String NUMBERS = "0413";
  private static final String CLEAN = "5607";
  private static final String NAME = "d014";
  private static final String STATUS = "d206";
  private static final String CLEAR = "d210";
  private static final String NOT_READY = "000081";
  private static final String IS_READY = "0001b0";
  private static final String HEALTHY = "000081000081";
  private static final int UNKNOWN = 0xffff;
  private static final int UNKNOWN_SIGNED = 0x7fff;

  private final Bench bench = new Bench(b -> new Sen55Chip("SEN55", b.time, b::at, b.part));

  @BeforeEach
  void powerUp() {
    bench.pass(50);
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
  void nothingIsAcknowledgedForFiftyMillisecondsAfterPowerUp() throws IOException {
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertNack(() -> bench.write(STOP));
    bench.pass(49);
    assertNack(() -> bench.write(STOP));
    bench.pass(1);
    bench.write(STOP);
  }

  @Test
  void theNameCanBeReadWhileIdleOnly() throws IOException {
    String name = ask(NAME, 16);
    assertEquals(0x5345, word(name, 0)); // "SE"
    assertEquals(0x3500, word(name, 2)); // "5"
    assertEquals(0, word(name, 15));
    bench.write(START);
    bench.pass(50);
    bench.write(NAME);
    bench.pass(20);
    assertNack(() -> bench.read(48));
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
    bench.pass(199);
    assertNack(() -> bench.write(READY));
    bench.pass(1);
    bench.write("d304");
    bench.pass(99);
    assertNack(() -> bench.write(READY));
    bench.pass(1);
    bench.write(READY);
  }

  @Test
  void inIdleThereAreNoValues() throws IOException {
    bench.write(READY);
    bench.pass(20);
    assertNack(() -> bench.read(3));
    bench.write(VALUES);
    bench.pass(20);
    assertNack(() -> bench.read(24));
  }

  @Test
  void aSetComesEachSecondAndIsNewOnce() throws IOException {
    bench.write(START);
    bench.pass(500);
    assertEquals(NOT_READY, ask(READY, 1));
    bench.pass(1_000);
    assertEquals(IS_READY, ask(READY, 1));
    ask(VALUES, 8);
    assertEquals(NOT_READY, ask(READY, 1));
  }

  @Test
  void theValuesAreTheTruthAfterHalfAMinute() throws IOException {
    bench.breathe(new GroundTruth.Air(40, 15, 0.2, 0.5, -5, 50));
    settle();
    String values = ask(VALUES, 8);
    assertEquals(400, word(values, 1), 5);
    assertEquals(550, word(values, 3), 5);
    assertEquals(5_000, word(values, 4));
    assertEquals(-1_000, (short) word(values, 5));
    assertEquals(1_300, word(values, 6));
    assertEquals(160, word(values, 7));
    String numbers = ask(NUMBERS, 10);
    assertEquals(400, word(numbers, 1), 5);
    assertTrue(word(numbers, 4) < word(numbers, 5) && word(numbers, 7) < word(numbers, 8));
    assertEquals(29_000, word(ask(RAW, 4), 2));
  }

  @Test
  void valuesThatAreNotReadyAreMarkedUnknown() throws IOException {
    bench.write(START);
    bench.pass(500);
    String values = ask(VALUES, 8);
    assertEquals(UNKNOWN, word(values, 0));
    assertEquals(UNKNOWN_SIGNED, word(values, 7));
    bench.pass(10_000);
    assertNotEquals(UNKNOWN, word(ask(VALUES, 8), 0));
    assertEquals(UNKNOWN_SIGNED, word(ask(VALUES, 8), 7));
    bench.pass(1_000);
    assertEquals(160, word(noxOf(new GroundTruth.Air(20, 10, 0, 0.5, 20, 50)), 7));
    bench.write(STOP);
    bench.pass(200);
    bench.write(START_WITHOUT_PM);
    bench.pass(5_000);
    assertEquals(UNKNOWN, word(ask(VALUES, 8), 0));
    assertEquals(UNKNOWN, word(ask(NUMBERS, 10), 9));
  }

  private String noxOf(GroundTruth.Air air) throws IOException {
    bench.breathe(air);
    bench.pass(1_000);
    return ask(VALUES, 8);
  }

  @Test
  void aSen54HasNoNox() throws IOException {
    try (Bench other = new Bench(b -> new Sen55Chip("SEN54", b.time, b::at, b.part))) {
      other.pass(50);
      assertEquals(0x3400, word(other.ask(NAME, 20, 48), 2)); // "4"
      other.write(START);
      other.pass(60_000);
      assertEquals(UNKNOWN_SIGNED, word(other.ask(VALUES, 20, 24), 7));
      assertEquals(UNKNOWN, word(other.ask(RAW, 20, 12), 3));
    }
  }

  @Test
  void errorFlagsStayInTheStatusUntilItIsReadAndCleared() throws IOException {
    settle();
    bench.part.fail(InjectedFault.FAN_STOPPED);
    bench.part.fail(InjectedFault.LASER);
    bench.part.fail(InjectedFault.GAS_PIXEL);
    assertEquals(0xb0, word(ask(STATUS, 2), 1));
    bench.part.heal();
    assertEquals(0xb0, word(ask(STATUS, 2), 1));
    assertEquals(0xb0, word(ask(CLEAR, 2), 1));
    assertEquals(HEALTHY, ask(STATUS, 2));
    bench.part.fail(InjectedFault.FAN_SPEED);
    assertEquals(0x20, word(ask(STATUS, 2), 0));
    bench.part.heal();
    assertEquals(HEALTHY, ask(STATUS, 2));
  }

  @Test
  void cleaningFreezesTheParticlesForTenSecondsAndIsInTheStatus() throws IOException {
    settle();
    String before = ask(NUMBERS, 10);
    bench.write(CLEAN);
    bench.breathe(new GroundTruth.Air(300, 100, 0, 0, 5, 50));
    bench.pass(9_000);
    assertEquals(0x08, word(ask(STATUS, 2), 0));
    assertEquals(before, ask(NUMBERS, 10));
    bench.pass(2_000);
    assertEquals(HEALTHY, ask(STATUS, 2));
    assertNotEquals(before, ask(NUMBERS, 10));
  }

  @Test
  void eachInjectedFaultShows() throws IOException {
    settle();
    bench.part.fail(InjectedFault.SATURATED);
    bench.pass(1_000);
    assertEquals(0xfffe, word(ask(VALUES, 8), 0));
    bench.part.heal();
    bench.pass(1_000);
    String before = ask(VALUES, 8);
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(300, 100, 0, 0, 5, 50));
    bench.pass(5_000);
    assertEquals(IS_READY, ask(READY, 1));
    assertEquals(before, ask(VALUES, 8));
    bench.part.heal();
    bench.part.fail(InjectedFault.WRONG_CHECKSUM);
    assertNotEquals(HEALTHY, ask(STATUS, 2));
    bench.part.heal();
    bench.part.fail(InjectedFault.FAN_STOPPED);
    bench.pass(1_000);
    assertEquals(0, word(ask(NUMBERS, 10), 1));
    bench.part.heal();
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertNack(() -> bench.write(READY));
    bench.pass(50);
    bench.write(VALUES);
    bench.pass(20);
    assertNack(() -> bench.read(24)); // idle, without a flag
  }

  @Test
  void anotherPartAtTheAddressHasNoName() throws IOException {
    bench.part.fail(InjectedFault.WRONG_PART);
    bench.write(NAME);
    bench.pass(20);
    assertNack(() -> bench.read(48));
  }
}
