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
 * Compares with reference sequences of Sensirion's gas-index-algorithm@d367a7c, float build, run on
 * the inputs that the formulas give.
 */
class GasIndexTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Values of the file voc.csv: 200 values above 20000, 200 above 17000, 200 above 20000. */
  @Test
  void theAuthorsOwnSequenceEqualsTheReference() {
    String above =
        "1904130101461635340927152939484601073346271525123826194537153844223032172547314812452515"
            + "4704050537013143263128471406320807232805363330340914051228244907422443044521074840184033"
            + "3545452723244249430309160619463822111536470202250127062924083003493606363646171117401915"
            + "4144242833172607030139423622164618163734181846050133350701191147483716110247073249390436"
            + "1216324204122346091838194406094126102539241326213127452431103122063948493243403708200749"
            + "3508054544394436132143304733352625394514012943321210080341282943104322182926282420484611"
            + "4435381643401046044003241035211313471005493418054544182004363413333531230641161939151314"
            + "1802363433470920160309103401422438103614201948364724474837063140243548372002180841482429"
            + "1420391839403538361823173624162947202534070720384701240637352141384218164633144927324540"
            + "0245211421273911261009024730374013490341173803453127493347172644421114223632131037350906"
            + "3337392546014049294026132114491803100721174740233142074643132423220442464242042344473405"
            + "0502160335453638160319404706324827073003282201382649474620290230262626300608323121483004"
            + "4702124311433834283326200638281630134210150241491325413202440233102106454333083217103234"
            + "44402217293003442617431231351328473308393607442419150712";
    IntUnaryOperator raw =
        n -> (n / 200 == 1 ? 17_000 : 20_000) + Integer.parseInt(above.substring(2 * n, 2 * n + 2));
    assertEquals(
        runs("0x46 98x154 99x32 100x187 99x110 100x5 99x6 100x60"),
        indices(new GasIndex(Gas.VOC, SECOND), raw, 600, 1));
  }

  @Test
  void vocOfDriftingAirEqualsTheReference() {
    IntUnaryOperator drift = n -> 30_000 + noise(n) + n / 20;
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
    IntUnaryOperator event = n -> 15_000 + noise(n) + (n >= 1440 && n < 1500 ? 1500 : 0);
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
  void aConstantRawValueConvergesToCleanAir() {
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
  void invalidRawValuesRepeatTheOneBefore() {
    GasIndex broken = new GasIndex(Gas.VOC, SECOND);
    GasIndex whole = new GasIndex(Gas.VOC, SECOND);
    int[] impossible = {0, 65_000, 65_535, -1};
    for (int n = 0; n < 4000; n++) {
      boolean bad = n > 100 && n % 7 == 0;
      broken.next(bad ? impossible[n % 4] : 30_000 + noise(n));
      whole.next(30_000 + noise(bad ? n - 1 : n));
    }
    assertEquals(whole.value(), broken.value());
  }

  @Test
  void anOdourOfThreeHoursIsUnusualAtFirstAndThenTheNewAverage() {
    IntUnaryOperator odour = n -> 30_000 + noise(n) - (n >= 14_400 ? 1000 : 0);
    List<Integer> hourly = indices(new GasIndex(Gas.VOC, SECOND), odour, 10 * 3600, 3600);
    assertEquals(hourly.get(4), hourly.get(6), "the second and third hour are no less unusual");
    assertTrue(hourly.get(6) > 450, "three hours of it: " + hourly);
    assertTrue(hourly.get(9) < 350, "six hours of it: " + hourly);
  }

  @Test
  void vocLearnsFor45MinutesBecauseUntilThenALastingOdourBecomesTheAverage() {
    GasIndex index = new GasIndex(Gas.VOC, SECOND);
    IntUnaryOperator odour = n -> 30_000 + noise(n) - (n >= 1500 ? 600 : 0);
    indices(index, odour, 2700, 1);
    assertTrue(index.learning());
    assertTrue(index.value() < 110, "a odour of 20 minutes: " + index.value());
    indices(index, odour, 47, 1);
    assertFalse(index.learning());
  }

  @Test
  void noxLearnsFor20MinutesAndThenShowsExhaustAtThreeQuartersOfTheLaterIndex() {
    assertTrue(noxAfter(46 + 1200).learning());
    GasIndex young = noxAfter(47 + 1200);
    assertFalse(young.learning());
    GasIndex old = noxAfter(6 * 3600);
    IntUnaryOperator exhaust = n -> 19_000 + noise(n);
    indices(young, exhaust, 120, 1);
    indices(old, exhaust, 120, 1);
    assertTrue(old.value() > 40, "two minutes behind a exhaust: " + old.value());
    assertEquals(0.75, young.value() / old.value(), 0.05);
  }

  private static GasIndex noxAfter(int seconds) {
    GasIndex index = new GasIndex(Gas.NOX, SECOND);
    indices(index, n -> 15_000 + noise(n), seconds, 1);
    return index;
  }

  @Test
  void aStateExistsAfterThreeHoursAndOnlyForVoc() {
    GasIndex voc = new GasIndex(Gas.VOC, SECOND);
    indices(voc, n -> 30_000 + noise(n), 10_800, 1);
    assertEquals(Optional.empty(), voc.state());
    indices(voc, n -> 30_000 + noise(n), 47, 1);
    State state = voc.state().orElseThrow();
    assertEquals(10_000, state.mean(), 1);
    GasIndex nox = new GasIndex(Gas.NOX, SECOND);
    indices(nox, n -> 15_000 + noise(n), 12_000, 1);
    assertEquals(Optional.empty(), nox.state());
  }

  @Test
  void aRestoredIndexContinuesAsWithoutARestart() {
    IntUnaryOperator smellAtTheEnd = n -> 30_000 + noise(n) - (n > 20_000 ? 300 : 0);
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
    assertTrue(running.value() > 200, "the odour: " + running.value());
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

  private static int noise(int n) {
    return n * 7919 % 41 - 20;
  }

  private static int events(int n) {
    int event = n >= 7200 && n < 7800 ? 1500 : 0;
    return 15_000 + noise(n) + event + (n >= 18_000 && n < 19_800 ? 400 : 0);
  }

  /** Returns every n-th index, the first after n samples. */
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

  /** Parses values, each with its number of repetitions: {@code "1x60 2"}. */
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

  @Test
  void anInvalidFirstValueTeachesNothing() {
    GasIndex index = new GasIndex(Gas.NOX, SECOND);
    for (int n = 0; n < 50; n++) {
      index.next(n < 49 ? 0 : 15_000);
    }
    assertEquals(1, index.value());
  }
}
