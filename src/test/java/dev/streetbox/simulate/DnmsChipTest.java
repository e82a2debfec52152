package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static dev.streetbox.simulate.Bench.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the node against the source of its firmware 2.4.5 (hbitter/DNMS). */
class DnmsChipTest {
  private static final String NOT_READY = "000081";
  private static final String READY = "0001b0";

  private double levelDba = 60;
  private final Bench bench = new Bench(b -> new DnmsChip(b.time, b.part, tick -> levelDba));

  @BeforeEach
  void powerUp() {
    assertNack(() -> bench.write("0002"));
    bench.pass(499);
    assertNack(() -> bench.write("0002"));
    bench.pass(1);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theVersionIsTwoLettersAWord() throws IOException {
    String name = bench.ask("0002", 0, 27);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      text.append((char) (word(name, i) >> 8)).append((char) (word(name, i) & 0xff));
    }
    assertEquals("DNMS Version 2.4.5", text.toString());
    assertEquals("a9", name.substring(4, 6));
  }

  @Test
  void anIntervalEndsWithTheCurrentBlock() throws IOException {
    bench.pass(1_080); // the first block of 125 ms begins
    bench.write("0003");
    assertEquals(NOT_READY, bench.ask("0004", 124, 3));
    assertEquals(READY, bench.ask("0004", 1, 3));
    assertEquals(READY, bench.ask("0004", 0, 3));
    bench.ask("0005", 0, 18);
    assertEquals(NOT_READY, bench.ask("0004", 0, 3));
  }

  @Test
  void beforeTheFirstBlockThereIsNoLevel() throws IOException {
    bench.write("0003");
    assertEquals(NOT_READY, bench.ask("0004", 1_204, 3));
    assertEquals(READY, bench.ask("0004", 1, 3));
  }

  @Test
  void theMeanIsOfEnergyAndTheExtremesAreOfBlocks() throws IOException {
    settle();
    levels();
    expose(60, 7 * 125);
    expose(80, 125);
    expose(60, 125);
    bench.write("0003");
    expose(60, 125);
    String levels = bench.ask("0005", 0, 18);
    // One or two of ten blocks overlap the loud one, with the energy of one loud block in total.
    assertEquals(70.4, level(levels, 0), 0.1);
    assertEquals(60, level(levels, 1), 0.01);
    assertTrue(level(levels, 2) > 76 && level(levels, 2) <= 80, "LAmax " + level(levels, 2));
  }

  @Test
  void anAnswerIsReadOnceAndThenOnes() throws IOException {
    bench.ask("0002", 0, 27);
    assertEquals("ffffff", bench.read(3));
  }

  @Test
  void aWrongChecksumIsInTheLastWord() throws IOException {
    bench.part.fail(InjectedFault.WRONG_CHECKSUM);
    assertEquals("00007e", bench.ask("0004", 0, 3));
  }

  @Test
  void aStuckNodeRepeatsItsLevels() throws IOException {
    settle();
    String before = levels();
    bench.part.fail(InjectedFault.STUCK);
    levelDba = 90;
    bench.pass(1_000);
    assertEquals(before, levels());
  }

  @Test
  void aNodeWithoutMicrophoneReportsFiveDecibels() throws IOException {
    settle();
    bench.part.fail(InjectedFault.OPEN_INPUT);
    levels();
    bench.pass(1_000);
    assertEquals(5, level(levels(), 0), 1e-5);
  }

  @Test
  void garbageIsAPeakOf812Decibels() throws IOException {
    settle();
    bench.part.fail(InjectedFault.GARBAGE);
    assertEquals(812.5, level(levels(), 2));
  }

  @Test
  void aBrownOutClearsTheLevelsAndIsNotAcknowledgedForHalfASecond() throws IOException {
    settle();
    levels();
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertNack(() -> bench.write("0004"));
    bench.pass(500);
    assertEquals(NOT_READY, bench.ask("0004", 0, 3));
    assertEquals(0, level(bench.ask("0005", 0, 18), 0));
  }

  private void settle() {
    bench.pass(2_000);
  }

  /** Passes the time at that level; the request at the end makes the node measure it. */
  private void expose(double db, long ms) throws IOException {
    levelDba = db;
    bench.ask("0004", ms, 3);
  }

  /** Ends the interval, waits for its block and reads its levels. */
  private String levels() throws IOException {
    bench.write("0003");
    bench.pass(125);
    assertEquals(READY, bench.ask("0004", 0, 3));
    return bench.ask("0005", 0, 18);
  }

  private static double level(String levels, int index) {
    return Float.intBitsToFloat(word(levels, 2 * index) << 16 | word(levels, 2 * index + 1));
  }
}
