package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static dev.streetbox.simulate.Bench.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the frames against the SGP40 datasheet 1.2, section 4, with default compensation. */
class Sgp40ChipTest {
  private static final String MEASURE = "260f 8000 a2 6666 93";

  private final Bench bench = new Bench(b -> new Sgp40Chip(b.time, b::at, b.part));

  @BeforeEach
  void powerUp() {
    assertNack(() -> bench.read(1));
    bench.pass(1);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theSerialNumberHasThreeWords() throws IOException {
    assertEquals(0x0321, word(bench.ask("3682", 1, 9), 1));
  }

  @Test
  void theSelfTestTakesItsTimeAndPassesOrFails() throws IOException {
    bench.write("280e");
    bench.pass(319);
    assertNack(() -> bench.read(3));
    bench.pass(1);
    assertEquals("d400c6", bench.read(3));
    bench.part.fail(InjectedFault.GAS_PIXEL);
    assertEquals("4b0012", bench.ask("280e", 320, 3));
    assertEquals(0xffff, word(bench.ask(MEASURE, 30, 3), 0));
  }

  @Test
  void aMeasuringPartAcknowledgesNothingAndThenAnswersOnce() throws IOException {
    bench.write(MEASURE);
    bench.pass(29);
    assertNack(() -> bench.read(3));
    assertNack(() -> bench.write(MEASURE));
    bench.pass(1);
    bench.read(3);
    assertNack(() -> bench.read(3));
  }

  @Test
  void theCommandsOfAnSgp41AndCompensationWithAWrongChecksumAreIgnored() throws IOException {
    bench.write("2619 8000 a2 6666 93");
    bench.pass(50);
    assertNack(() -> bench.read(6));
    bench.write("260f 8000 a3 6666 93");
    bench.pass(30);
    assertNack(() -> bench.read(3));
    assertFalse(heating());
  }

  @Test
  void smellLowersTheSignalAndAColdPlateRaisesIt() throws IOException {
    int cold = word(bench.ask(MEASURE, 30, 3), 0);
    bench.pass(20_000);
    int clean = word(bench.ask(MEASURE, 30, 3), 0);
    assertTrue(cold > clean + 2_000);
    bench.breathe(new GroundTruth.Air(20, 10, 0.8, 0.5, 20, 50));
    assertTrue(word(bench.ask(MEASURE, 30, 3), 0) < clean - 3_000);
  }

  @Test
  void heaterOffAndABrownOutCoolTheHotplate() throws IOException {
    bench.ask(MEASURE, 30, 3);
    assertTrue(heating());
    bench.write("3615");
    bench.pass(1);
    assertFalse(heating());
    bench.ask(MEASURE, 30, 3);
    bench.part.fail(InjectedFault.BROWN_OUT);
    powerUp();
    assertFalse(heating());
  }

  @Test
  void aStuckPartRepeatsItsValue() throws IOException {
    String before = bench.ask(MEASURE, 30, 3);
    bench.part.fail(InjectedFault.STUCK);
    bench.pass(10_000);
    assertEquals(before, bench.ask(MEASURE, 30, 3));
  }

  private boolean heating() {
    return ((Sgp40Chip) bench.chip).heating();
  }
}
