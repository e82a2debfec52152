package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests commands, times and status against the SHT3x-DIS datasheet 4, section 4. */
class Sht3xChipTest {
  /** Air whose words are 648b and a133 (4.13). */
  private static final GroundTruth.Air AIR =
      new GroundTruth.Air(20, 10, 0, 0, -45 + 175 * 0x648b / 65535.0, 100 * 0xa133 / 65535.0);

  private static final String ANSWER = "648bc7a1331c";

  private final Bench bench = new Bench(b -> new Sht3xChip(b.time, b::at, b.part));

  @BeforeEach
  void powerUp() {
    assertNack(() -> bench.read(1));
    bench.pass(1);
    bench.breathe(AIR);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void everyRepeatabilityMeasuresInItsTimeAndIsReadOnce() throws IOException {
    assertEquals(ANSWER, bench.ask("2400", 12, 6));
    assertEquals(ANSWER, bench.ask("240b", 4, 6));
    assertEquals(ANSWER, bench.ask("2416", 2, 6));
    assertNack(() -> bench.read(6));
  }

  @Test
  void aMeasuringPartAcknowledgesNothing() throws IOException {
    bench.write("2400");
    bench.pass(11);
    assertNack(() -> bench.read(6));
    assertNack(() -> bench.write("2400"));
  }

  @Test
  void theStatusShowsAResetUntilItIsCleared() throws IOException {
    assertEquals("8010e1", bench.ask("f32d", 0, 3));
    bench.write("3041");
    assertEquals("000081", bench.ask("f32d", 0, 3));
    bench.write("30a2");
    assertNack(() -> bench.write("f32d"));
    bench.pass(1);
    assertEquals("8010e1", bench.ask("f32d", 0, 3));
    bench.write("3041");
    bench.part.fail(InjectedFault.BROWN_OUT);
    powerUp();
    assertEquals("8010e1", bench.ask("f32d", 0, 3));
  }

  @Test
  void theHeaterWarmsThePartAndIsInTheStatus() throws IOException {
    bench.write("3041");
    bench.write("306d");
    assertEquals("2000", bench.ask("f32d", 0, 3).substring(0, 4));
    assertTrue(Bench.word(bench.ask("2400", 12, 6), 0) > 0x648b + 1_000);
    bench.write("3066");
    assertEquals(ANSWER, bench.ask("2400", 12, 6));
  }

  @Test
  void inPeriodicModeASingleShotIsRefusedUntilABreak() throws IOException {
    bench.write("2130");
    bench.write("2400");
    assertNack(() -> bench.read(6));
    assertEquals(ANSWER, bench.ask("e000", 0, 6));
    bench.write("3093");
    bench.pass(1);
    assertEquals(ANSWER, bench.ask("2400", 12, 6));
    bench.write("e000");
    assertNack(() -> bench.read(6));
  }

  @Test
  void clockStretchingAtAPiIsAViolation() throws IOException {
    bench.ask("2c06", 0, 6);
    assertEquals(List.of("a command with clock stretching at a Pi"), bench.part.violations());
  }

  @Test
  void anUnknownCommandIsInTheStatus() throws IOException {
    bench.write("3041");
    bench.write("1234");
    assertNack(() -> bench.read(6));
    assertEquals("0002e3", bench.ask("f32d", 0, 3));
  }

  @Test
  void wrongChecksumsAndStuckValuesAreShownWhenAsked() throws IOException {
    assertEquals(ANSWER, bench.ask("2400", 12, 6));
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(0, 0, 0, 0, 0, 90));
    assertEquals(ANSWER, bench.ask("2400", 12, 6));
    bench.part.fail(InjectedFault.WRONG_CHECKSUM);
    assertEquals("648bc7a133e3", bench.ask("2400", 12, 6));
  }
}
