package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Quantity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every part that the configuration knows is pulled out and put in again at random, in any state,
 * several at once: the others lose not one row's field, and it is back within its own start-up time
 * after the back-off. The seed is a driver's or a bus's place in the list.
 */
class HotPlugIT {
  /**
   * Over all tests: each part's share is the same, but for a sound card's 48,000 frames a second.
   */
  private static final int UNPLUGGINGS = 1_000;

  private static final int OF_A_SOUND_CARD = 3;

  /** When even a gas index has begun. */
  private static final long SETTLED_MS = 120_000;

  /** A part that was out for less than a read is found idle, or wrong three times. */
  private static final long NOTICED_MS = 10_000;

  /** Two periods, and what a part's own clock and its reads may add. */
  private static final long OLDEST_MS = 2_600;

  private static final long PERIOD_MS = 1_000;

  private static final long LONGEST_BACKOFF_MS = 300_000;

  @TempDir private Path folder;

  /** What a part gives when nothing is wrong, and how long after its start all of that is there. */
  private record Habit(Set<Quantity> quantities, long startUpMs) {}

  /** One time out: from, to, and by when it is back. */
  private record Outing(long outMs, long inMs, long backMs) {}

  static Stream<List<String>> wires() {
    return Stream.concat(
        KnownDrivers.buses().stream(), KnownDrivers.alone().stream().map(List::of));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wires")
  void whatIsPulledOutComesBackAndTheOthersLoseNothing(List<String> drivers) throws Exception {
    SplittableRandom random = new SplittableRandom(drivers.get(0).hashCode());
    Map<String, Habit> habits = new HashMap<>();
    Map<String, List<Outing>> outings = new HashMap<>();
    for (String driver : drivers) {
      habits.put(driver, habit(driver));
      outings.put(driver, outings(habits.get(driver), rounds(driver), random));
    }
    try (WiredBench bench = new WiredBench(drivers, scenario(outings), folder)) {
      long endMs = outings.values().stream().mapToLong(HotPlugIT::endMs).max().orElseThrow();
      for (long tickMs = SETTLED_MS; tickMs <= endMs; tickMs += 1_000) {
        bench.until(tickMs);
        for (String driver : drivers) {
          if (isHealthy(outings.get(driver), tickMs, bench.tickMs())) {
            check(bench, driver, habits.get(driver), tickMs, OLDEST_MS);
          }
        }
      }
    }
  }

  private static int rounds(String driver) {
    int rounds = UNPLUGGINGS / KnownDrivers.names().size() + 1;
    return driver.equals("microphone") ? OF_A_SOUND_CARD : rounds;
  }

  private static void check(
      WiredBench bench, String driver, Habit habit, long tickMs, long oldestMs) {
    assertTrue(
        bench.row(tickMs).containsAll(habit.quantities()),
        () -> driver + " lost a field of the second that ends at " + tickMs);
    // Another part may give the same: has this one spoken itself?
    assertTrue(bench.ageMs(driver, tickMs) <= oldestMs, driver + " is silent at " + tickMs);
  }

  /** The part alone on its wire. */
  private Habit habit(String driver) throws Exception {
    List<Set<Quantity>> rows = new ArrayList<>();
    try (WiredBench bench = new WiredBench(List.of(driver), "", folder)) {
      for (long tickMs = 1_000; tickMs <= SETTLED_MS; tickMs += 1_000) {
        bench.until(tickMs);
        rows.add(bench.row(tickMs));
      }
    }
    Set<Quantity> all = EnumSet.copyOf(rows.get(rows.size() - 1));
    int first = rows.size();
    while (first > 0 && rows.get(first - 1).containsAll(all)) {
      first--;
    }
    assertTrue(first < rows.size() && !all.isEmpty(), driver + " gives nothing");
    return new Habit(all, first * 1_000L);
  }

  /** In for as long as its start-up takes and half of it again, or for a moment; out likewise. */
  private static List<Outing> outings(Habit habit, int count, SplittableRandom random) {
    List<Outing> outings = new ArrayList<>();
    long outMs = SETTLED_MS + random.nextInt(10_000);
    long troubledMs = outMs;
    for (int i = 0; i < count; i++) {
      long inMs = outMs + random.nextInt(1, random.nextInt(2, random.nextInt(3, 30_000)));
      // Each wait is at most as long as the trouble has lasted, and a second.
      long backoffMs = Math.min(LONGEST_BACKOFF_MS, inMs - troubledMs + NOTICED_MS + 1_000);
      long backMs = inMs + NOTICED_MS + backoffMs + habit.startUpMs() + 2_000;
      outings.add(new Outing(outMs, inMs, backMs));
      boolean patient = random.nextInt(4) > 0;
      outMs = patient ? backMs + random.nextInt(10_000) : inMs + random.nextInt(1, 10_000);
      troubledMs = patient ? outMs : troubledMs;
    }
    return outings;
  }

  private static String scenario(Map<String, List<Outing>> outings) {
    StringBuilder text = new StringBuilder();
    outings.forEach(
        (driver, all) ->
            all.forEach(
                outing ->
                    text.append(
                        "at %dms %s unplug%nat %dms %s plug%n"
                            .formatted(outing.outMs(), driver, outing.inMs(), driver))));
    return text.toString();
  }

  private static long endMs(List<Outing> outings) {
    return outings.get(outings.size() - 1).backMs() + 2_000;
  }

  /**
   * Neither out nor on its way back, from the end of a second until now: a part that is waited for
   * may make the bench a little late.
   */
  private static boolean isHealthy(List<Outing> outings, long tickMs, long nowMs) {
    return outings.stream().noneMatch(o -> o.outMs() <= nowMs && tickMs < o.backMs());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("buses")
  void aPartThatNeverAnswersDelaysTheOthersByAtMostOnePeriod(List<String> drivers)
      throws Exception {
    for (String mute : drivers) {
      List<String> others = drivers.stream().filter(driver -> !driver.equals(mute)).toList();
      Map<String, Habit> habits = new HashMap<>();
      for (String driver : others) {
        habits.put(driver, habit(driver));
      }
      // At its first read after that, and at its start a second later, the wire waits for a second.
      String scenario = "at %dms %s no_answer on%n".formatted(SETTLED_MS, mute);
      try (WiredBench bench = new WiredBench(drivers, scenario, folder)) {
        int silent = 0;
        for (long tickMs = SETTLED_MS; tickMs <= 2 * SETTLED_MS; tickMs += 1_000) {
          bench.until(tickMs);
          silent += bench.ageMs(mute, tickMs) > 3_000 ? 1 : 0;
          for (String driver : others) {
            check(bench, driver, habits.get(driver), tickMs, OLDEST_MS + 2 * PERIOD_MS);
          }
        }
        assertTrue(silent > 100, mute + " went on answering");
      }
    }
  }

  static Stream<List<String>> buses() {
    return KnownDrivers.buses().stream();
  }
}
