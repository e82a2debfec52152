package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.driver.GasIndex.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The reference sequences come from Sensirion's gas-index-algorithm@d367a7c, float build, run on
 * the inputs that the formulas give.
 */
class GasIndexTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void vocOfDriftingAirEqualsTheReference() {
    IntUnaryOperator drift = n -> 30_000 + tremble(n) + n / 20;
    assertEquals(
        runs(
            "97 99 100x22 99 98 97 95 92 90 87 84 82 79 77 75 73 71 70 68 66 65 64 62 61 60 58 57"
                + " 55 54 53 51 50 49 48 47 46 45 44 43 42 41 40 39 38 37x2 36 35 34x2 33 32x2 31x2"
                + " 30 29x2 28x2 27x3 26x2 25x3 24x3 23x3 22x3 21x4 20x4 19x6 18x6 17x2"),
        indices(new GasIndex(Gas.VOC, SECOND), drift, 14_400, 120));
  }

  @Test
  void noxOfTwoEventsEqualsTheReference() {
    assertEquals(
        runs("1x60 2 3x5 2x2 1x89 2x8 1x75"),
        indices(new GasIndex(Gas.NOX, SECOND), GasIndexTest::events, 28_800, 120));
  }

  @Test
  void noxReadEveryTenSecondsEqualsTheReference() {
    IntUnaryOperator event = n -> 15_000 + tremble(n) + (n >= 1440 && n < 1500 ? 1500 : 0);
    assertEquals(
        runs("1x120 2 3x5 2x2 1x112"),
        indices(new GasIndex(Gas.NOX, Duration.ofSeconds(10)), event, 2880, 12));
  }

  @Test
  void theValueBeforeRoundingEqualsTheReferenceToItsSixDigits() {
    GasIndex nox = new GasIndex(Gas.NOX, SECOND);
    List<Float> values = new ArrayList<>();
    for (int n = 0; n <= 26_039; n++) {
      nox.next(events(n));
      if (n % 2880 == 119) {
        values.add(nox.value());
      }
    }
    double[] reference = {
      1.00001, 1.0097, 1.01113, 0.928557, 0.965863, 1.00698, 1.01089, 1.20099, 0.995158, 0.995479
    };
    for (int i = 0; i < reference.length; i++) {
      assertEquals(reference[i], values.get(i), 5.1e-6, "value " + i);
    }
  }

  @Test
  void aDeadPartLooksLikePerfectAirWhichIsWhyTheDriverJudgesTheRawValue() {
    assertEquals(
        runs("0 37 86 97 99 100x115"),
        indices(new GasIndex(Gas.VOC, SECOND), n -> 30_000, 3600, 30));
    assertEquals(runs("1"), indices(new GasIndex(Gas.NOX, SECOND), n -> 1337, 200, 200));
  }

  @Test
  void thereIsNoIndexInTheFirst46Seconds() {
    List<Integer> indices = indices(new GasIndex(Gas.VOC, SECOND), n -> 30_000 + n, 47, 1);
    assertEquals(runs("0x46"), indices.subList(0, 46));
    assertTrue(new GasIndex(Gas.VOC, SECOND).learning());
  }

  @Test
  void rawValuesThatNoPartGivesRepeatTheOneBefore() {
    GasIndex broken = new GasIndex(Gas.VOC, SECOND);
    GasIndex whole = new GasIndex(Gas.VOC, SECOND);
    int[] impossible = {0, 65_000, 65_535, -1};
    for (int n = 0; n < 4000; n++) {
      boolean bad = n > 100 && n % 7 == 0;
      broken.next(bad ? impossible[n % 4] : 30_000 + tremble(n));
      whole.next(30_000 + tremble(bad ? n - 1 : n));
    }
    assertEquals(whole.value(), broken.value());
  }

  @Test
  void aSmellOfThreeHoursIsHeldToBeUnusualAndThenTheNewUsual() {
    IntUnaryOperator smell = n -> 30_000 + tremble(n) - (n >= 14_400 ? 1000 : 0);
    List<Integer> hourly = indices(new GasIndex(Gas.VOC, SECOND), smell, 10 * 3600, 3600);
    assertEquals(hourly.get(4), hourly.get(6), "the second and third hour are no less unusual");
    assertTrue(hourly.get(6) > 450, "three hours of it: " + hourly);
    assertTrue(hourly.get(9) < 350, "six hours of it: " + hourly);
  }

  @Test
  void anIndexIsLearningUntilTheMeanIsKnown() {
    GasIndex index = new GasIndex(Gas.VOC, SECOND);
    indices(index, n -> 30_000 + tremble(n), 2700, 1);
    assertTrue(index.learning());
    indices(index, n -> 30_000 + tremble(n), 100, 1);
    assertFalse(index.learning());
  }

  @Test
  void aStateIsWorthKeepingAfterThreeHoursAndOnlyForVoc() {
    GasIndex voc = new GasIndex(Gas.VOC, SECOND);
    indices(voc, n -> 30_000 + tremble(n), 10_800, 1);
    assertEquals(Optional.empty(), voc.state());
    indices(voc, n -> 30_000 + tremble(n), 47, 1);
    State state = voc.state().orElseThrow();
    assertEquals(10_000, state.mean(), 1);
    GasIndex nox = new GasIndex(Gas.NOX, SECOND);
    indices(nox, n -> 15_000 + tremble(n), 12_000, 1);
    assertEquals(Optional.empty(), nox.state());
  }

  @Test
  void aRestoredIndexGoesOnAsIfItHadNotStopped() {
    IntUnaryOperator smellAtTheEnd = n -> 30_000 + tremble(n) - (n > 20_000 ? 300 : 0);
    GasIndex running = new GasIndex(Gas.VOC, SECOND);
    indices(running, smellAtTheEnd, 14_400, 1);
    GasIndex restarted = new GasIndex(Gas.VOC, SECOND);
    assertTrue(restarted.restore(running.state().orElseThrow(), Duration.ofMinutes(10)));
    GasIndex fresh = new GasIndex(Gas.VOC, SECOND);
    for (int n = 19_500; n < 20_100; n++) {
      running.next(smellAtTheEnd.applyAsInt(n));
      restarted.next(smellAtTheEnd.applyAsInt(n));
      fresh.next(smellAtTheEnd.applyAsInt(n));
    }
    assertTrue(running.value() > 200, "the smell: " + running.value());
    assertEquals(running.value(), restarted.value(), 3);
    assertTrue(Math.abs(fresh.value() - running.value()) > 20, "no memory: " + fresh.value());
    assertFalse(restarted.learning());
    assertTrue(restarted.state().isPresent(), "what was learned in an earlier life still holds");
  }

  @Test
  void aStateOlderThanTenMinutesOrOfNoxIsRefusedAndChangesNothing() {
    State state = new State(10_000, 60);
    GasIndex voc = new GasIndex(Gas.VOC, SECOND);
    assertFalse(voc.restore(state, Duration.ofMinutes(10).plusMillis(1)));
    assertFalse(voc.restore(state, Duration.ofMillis(-1)));
    assertEquals(
        runs("0 37 86 97 99 100"), indices(voc, n -> 30_000, 180, 30), "it learns from the start");
    assertFalse(new GasIndex(Gas.NOX, SECOND).restore(state, Duration.ZERO));
  }

  private static int tremble(int n) {
    return n * 7919 % 41 - 20;
  }

  private static int events(int n) {
    int event = n >= 7200 && n < 7800 ? 1500 : 0;
    return 15_000 + tremble(n) + event + (n >= 18_000 && n < 19_800 ? 400 : 0);
  }

  /** Every so many-th index, the first after as many samples. */
  private static List<Integer> indices(
      GasIndex index, IntUnaryOperator raw, int samples, int every) {
    List<Integer> indices = new ArrayList<>();
    for (int n = 0; n < samples; n++) {
      int value = index.next(raw.applyAsInt(n));
      if (n % every == every - 1) {
        indices.add(value);
      }
    }
    return indices;
  }

  /** Values, each with how often it is repeated: {@code "1x60 2"}. */
  private static List<Integer> runs(String text) {
    List<Integer> values = new ArrayList<>();
    for (String run : text.split(" ", -1)) {
      String[] parts = run.split("x", 2);
      for (int i = 0; i < (parts.length == 2 ? Integer.parseInt(parts[1]) : 1); i++) {
        values.add(Integer.valueOf(parts[0]));
      }
    }
    return values;
  }
}
