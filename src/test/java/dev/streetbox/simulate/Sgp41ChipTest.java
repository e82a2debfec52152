package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static dev.streetbox.simulate.Bench.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the frames against the SGP41 datasheet 1.0, section 3, with default compensation. */
class Sgp41ChipTest {
  private static final String DEFAULTS = "8000 a2 6666 93";
  private static final String CONDITION = "2612" + DEFAULTS;
  private static final String MEASURE = "2619" + DEFAULTS;
  private static final String SELF_TEST = "280e";
  private static final String HEATER_OFF = "3615";

  private final Bench bench = new Bench(b -> new Sgp41Chip(b.time, b::at, b.part));

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
    assertEquals(0x043c, word(bench.ask("3682", 1, 9), 1));
  }

  @Test
  void theSelfTestTakesItsTimeAndNamesTheBrokenPixels() throws IOException {
    bench.write(SELF_TEST);
    bench.pass(319);
    assertNack(() -> bench.read(3));
    bench.pass(1);
    assertEquals("d400c6", bench.read(3));
    bench.part.fail(InjectedFault.GAS_PIXEL);
    assertEquals("d40395", bench.ask(SELF_TEST, 320, 3));
  }

  @Test
  void aMeasuringPartAcknowledgesNothingAndThenAnswersOnce() throws IOException {
    bench.write(MEASURE);
    bench.pass(49);
    assertNack(() -> bench.read(6));
    assertNack(() -> bench.write(MEASURE));
    bench.pass(1);
    bench.read(6);
    assertNack(() -> bench.read(6));
  }

  @Test
  void compensationWithAWrongChecksumOrNoneIsIgnored() throws IOException {
    bench.write("2619 8000 a3 6666 93");
    bench.pass(50);
    assertNack(() -> bench.read(6));
    bench.write("2619");
    bench.pass(50);
    assertNack(() -> bench.read(6));
    assertFalse(heating());
  }

  @Test
  void smellLowersTheOneSignalAndExhaustRaisesTheOther() throws IOException {
    condition(10);
    String clean = bench.ask(MEASURE, 50, 6);
    bench.breathe(new GroundTruth.Air(20, 10, 0.8, 0.5, 20, 50));
    String smelly = bench.ask(MEASURE, 50, 6);
    assertTrue(word(smelly, 0) < word(clean, 0) - 3_000, smelly);
    assertTrue(word(smelly, 1) > word(clean, 1) + 500, smelly);
  }

  @Test
  void theFirstSignalOfColdHotplatesIsWrong() throws IOException {
    condition(10);
    int warm = word(bench.ask(MEASURE, 50, 6), 0);
    bench.write(HEATER_OFF);
    bench.pass(1);
    assertFalse(heating());
    assertTrue(word(bench.ask(MEASURE, 50, 6), 0) > warm + 2_000);
    assertTrue(heating());
  }

  @Test
  void conditioningForTenSecondsIsRight() throws IOException {
    condition(10);
    bench.ask(MEASURE, 50, 6);
    bench.pass(60_000);
    bench.ask(MEASURE, 50, 6);
    assertEquals(List.of(), bench.part.violations());
  }

  @Test
  void conditioningForElevenSecondsIsAViolation() throws IOException {
    condition(11);
    bench.ask(MEASURE, 50, 6);
    assertEquals(List.of("conditioning for more than 10 s"), bench.part.violations());
  }

  @Test
  void conditioningTimesAddUpUntilTheHotplatesAreCold() throws IOException {
    condition(6);
    bench.ask(MEASURE, 50, 6);
    bench.write(HEATER_OFF);
    bench.pass(1);
    condition(6);
    bench.ask(MEASURE, 50, 6);
    assertEquals(List.of(), bench.part.violations());
    condition(6);
    assertEquals(1, bench.part.violations().size());
  }

  @Test
  void conditioningThatIsNeverEndedIsAViolation() throws IOException {
    condition(1);
    bench.pass(60_000);
    bench.ask(MEASURE, 50, 6);
    assertEquals(1, bench.part.violations().size());
  }

  @Test
  void aSelfTestWhileConditioningIsAViolation() throws IOException {
    condition(2);
    bench.write(SELF_TEST);
    assertEquals(List.of("self-test while conditioning"), bench.part.violations());
  }

  @Test
  void aBrownOutSwitchesTheHeaterOff() throws IOException {
    condition(10);
    bench.ask(MEASURE, 50, 6);
    bench.part.fail(InjectedFault.BROWN_OUT);
    powerUp();
    assertFalse(heating());
  }

  @Test
  void aStuckPartRepeatsItsValue() throws IOException {
    condition(10);
    String before = bench.ask(MEASURE, 50, 6);
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(20, 10, 0.8, 0.5, 20, 50));
    assertEquals(before, bench.ask(MEASURE, 50, 6));
  }

  private void condition(int seconds) throws IOException {
    for (int i = 0; i < seconds; i++) {
      assertEquals(6, bench.ask(CONDITION, 50, 3).length());
      bench.pass(950);
    }
  }

  private boolean heating() {
    return ((Sgp41Chip) bench.chip).heating();
  }
}
