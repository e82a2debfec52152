package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the registers against the PMSA003I manual V2.6; they hold the frame of the UART. */
class Pmsa003iChipTest {
  private static final int BYTES = 32;

  private final Bench bench = new Bench(b -> new Pmsa003iChip(b.time, b::at, b.part, 1));

  @AfterEach
  void close() {
    bench.close();
  }

  private static int word(String frame, int offset) {
    return HexFormat.fromHexDigits(frame, 2 * offset, 2 * offset + 4);
  }

  private String settled() throws IOException {
    bench.pass(120_000);
    return bench.read(BYTES);
  }

  @Test
  void theRegistersAreAFrameWithItsChecksum() throws IOException {
    String frame = settled();
    assertTrue(frame.startsWith("424d001c"), frame);
    assertEquals(20, word(frame, 12));
    assertEquals(30, word(frame, 14));
    int sum = 0;
    for (int i = 0; i < 30; i++) {
      sum += HexFormat.fromHexDigits(frame, 2 * i, 2 * i + 2);
    }
    assertEquals(sum, word(frame, 30));
  }

  @Test
  void aReadBeginsAtTheWrittenRegisterAndTheNextAtTheFirst() throws IOException {
    String frame = settled();
    assertEquals(frame.substring(24, 28), bench.ask("0c", 0, 2));
    assertEquals(frame, bench.read(BYTES));
    assertEquals(frame, bench.ask("00", 0, BYTES));
  }

  @Test
  void inSteadyAirTheFrameIsTheSameForTwoSeconds() throws IOException {
    settled();
    bench.breathe(new GroundTruth.Air(21, 10, 0, 0, 20, 50));
    bench.pass(PlantowerOptics.STEADY_MS);
    String frame = bench.read(BYTES);
    assertEquals(21, word(frame, 12));
    bench.breathe(new GroundTruth.Air(90, 10, 0, 0, 20, 50));
    bench.pass(100);
    assertEquals(frame, bench.read(BYTES));
    bench.pass(PlantowerOptics.STEADY_MS);
    assertEquals(90, word(bench.read(BYTES), 12));
  }

  @Test
  void theFirstAnswerComesHalfASecondAfterPowerUpAndItsValuesAreZero() throws IOException {
    assertNack(() -> bench.read(BYTES));
    bench.pass(499);
    assertNack(() -> bench.write("00"));
    bench.pass(1);
    assertEquals("424d001c" + "00".repeat(26) + "00ab", bench.read(BYTES));
    bench.pass(119_500);
    assertEquals(20, word(bench.read(BYTES), 12));
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertNack(() -> bench.read(BYTES));
  }

  @Test
  void eachInjectedFaultShows() throws IOException {
    String right = settled();
    bench.part.fail(InjectedFault.WRONG_CHECKSUM);
    bench.pass(PlantowerOptics.STEADY_MS);
    String wrong = bench.read(BYTES);
    assertEquals(right.substring(0, 62), wrong.substring(0, 62));
    assertNotEquals(right, wrong);
    bench.part.heal();
    bench.pass(PlantowerOptics.STEADY_MS);
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(300, 100, 0, 0, 5, 50));
    bench.pass(10_000);
    assertEquals(right, bench.read(BYTES));
    bench.part.heal();
    bench.part.fail(InjectedFault.SATURATED);
    bench.pass(PlantowerOptics.STEADY_MS);
    assertEquals(0xffff, word(bench.read(BYTES), 16));
    bench.part.heal();
    bench.part.fail(InjectedFault.FAN_STOPPED);
    bench.pass(PlantowerOptics.STEADY_MS);
    assertEquals(0, word(bench.read(BYTES), 16));
    bench.part.fail(InjectedFault.WRONG_PART);
    assertFalse(bench.read(BYTES).startsWith("424d"));
  }
}
