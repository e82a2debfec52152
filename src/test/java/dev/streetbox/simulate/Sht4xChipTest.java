package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static dev.streetbox.simulate.Bench.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests answers against those of a real part in periph/devices (sht4xbustestrecording_test.go). */
class Sht4xChipTest {
  /** 25.3632 °C and 31.4743 %, as recorded. */
  private static final GroundTruth.Air RECORDED =
      new GroundTruth.Air(20, 10, 0, 0, -45 + 175 * 26350 / 65535.0, -6 + 125 * 19647 / 65535.0);

  private static final String RECORDED_ANSWER = "66ee504cbf2d";

  private final Bench bench = new Bench(b -> new Sht4xChip(b.time, b::at, b.part));

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theAnswersAreThoseOfTheRecordedPart() throws IOException {
    powerUp();
    bench.breathe(RECORDED);
    assertEquals("0d2047610111", bench.ask("89", 1, 6));
    assertEquals(RECORDED_ANSWER, bench.ask("fd", 8, 6));
    assertEquals(RECORDED_ANSWER, bench.ask("f6", 4, 6));
    assertEquals(RECORDED_ANSWER, bench.ask("e0", 1, 6));
  }

  @Test
  void aMeasuringPartAcknowledgesNothing() throws IOException {
    powerUp();
    bench.write("fd");
    bench.pass(5);
    assertNack(() -> bench.read(6));
    assertNack(() -> bench.write("fd"));
    bench.pass(3);
    assertEquals(12, bench.read(6).length());
  }

  @Test
  void anAnswerCanBeReadOnce() throws IOException {
    powerUp();
    bench.ask("fd", 8, 6);
    assertNack(() -> bench.read(6));
    bench.write("ff"); // no command
    assertNack(() -> bench.read(6));
  }

  @Test
  void powerAndResetTakeAMillisecondAndLoseTheAnswer() throws IOException {
    assertNack(() -> bench.write("fd"));
    bench.pass(1);
    bench.write("fd");
    bench.pass(8);
    bench.write("94");
    assertNack(() -> bench.write("fd"));
    bench.pass(1);
    assertNack(() -> bench.read(6));
  }

  @Test
  void thePartIsWarmLongAfterAHeaterPulse() throws IOException {
    powerUp();
    bench.breathe(RECORDED);
    String hot = bench.ask("39", 1_100, 6);
    assertTrue(word(hot, 0) > 45_000, hot); // recorded after one pulse: 46,008
    assertTrue(word(hot, 1) < 12_000, hot); // recorded: 8,609
    bench.pass(4_000);
    assertTrue(word(bench.ask("fd", 8, 6), 0) > 26_350 + 1_000);
    bench.pass(30_000);
    assertEquals(RECORDED_ANSWER, bench.ask("fd", 8, 6));
  }

  @Test
  void nothingIsAcknowledgedDuringAHeaterPulse() throws IOException {
    powerUp();
    bench.write("15");
    bench.pass(100);
    assertNack(() -> bench.read(6));
    bench.pass(10);
    assertEquals(12, bench.read(6).length());
  }

  @Test
  void aWrongChecksumIsInTheLastWordThatIsRead() throws IOException {
    powerUp();
    bench.breathe(RECORDED);
    bench.part.fail(InjectedFault.WRONG_CHECKSUM);
    assertEquals("66ee504cbfd2", bench.ask("fd", 8, 6));
    assertEquals("66eeaf", bench.ask("fd", 8, 3));
  }

  @Test
  void bytesAfterTheAnswerReadAsOnes() throws IOException {
    powerUp();
    assertEquals("0d2047610111ffff", bench.ask("89", 1, 8));
  }

  @Test
  void aStuckPartRepeatsItsValue() throws IOException {
    powerUp();
    bench.breathe(RECORDED);
    bench.ask("fd", 8, 6);
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(0, 0, 0, 0, 0, 90));
    assertEquals(RECORDED_ANSWER, bench.ask("fd", 8, 6));
  }

  private void powerUp() {
    assertNack(() -> bench.read(1));
    bench.pass(1);
  }
}
