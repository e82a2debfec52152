package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Quantity;
import dev.streetbox.part.Catalogue;
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
 * Unplugs and plugs every configurable part at random, in any state, several at once: the others
 * lose no field of a row, and each part is back within its start-up time after the back-off. The
 * seed is the hash of the first driver's name.
 */
class HotPlugIT {
  /**
   * The number over all tests, spread evenly over the parts; a sound card has fewer because of its
   * 48,000 frames a second.
   */
  private static final int UNPLUGGINGS = 1_000;

  private static final int SOUND_CARD_UNPLUGGINGS = 3;

  /** The time by which every part, a gas index included, gives all its quantities. */
  private static final long SETTLED_MS = 120_000;

  /**
   * The time to detect a part that was unplugged for less than a read: idle, or three wrong frames.
   */
  private static final long NOTICED_MS = 10_000;

  /** Two periods, and the tolerance for the part's clock and the duration of reads. */
  private static final long OLDEST_MS = 2_600;

  private static final long PERIOD_MS = 1_000;

  /**
   * Parts that measure the interval between two reads, so that a late read delays the next reading
   * too.
   */
  private static final Set<String> INTERVAL_DRIVERS = Set.of("dnms");

  private static final long LONGEST_BACKOFF_MS = 300_000;

  @TempDir private Path folder;

  /**
   * Holds the quantities of a part without faults, and the time from its start until all of them
   * are present.
   */
  private record Baseline(Set<Quantity> quantities, long startUpMs) {}

  /** Holds when a part is unplugged and plugged, and by when its readings are back. */
  private record Unplugging(long outMs, long inMs, long backMs) {}

  static Stream<List<String>> busesAndSingleParts() {
    return Stream.concat(
        KnownDrivers.buses().stream(), KnownDrivers.alone().stream().map(List::of));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("busesAndSingleParts")
  void anUnpluggedPartComesBackAndTheOthersLoseNoField(List<String> drivers) throws Exception {
    SplittableRandom random = new SplittableRandom(drivers.get(0).hashCode());
    Map<String, Baseline> baselines = new HashMap<>();
    Map<String, List<Unplugging>> unpluggings = new HashMap<>();
    for (String driver : drivers) {
      baselines.put(driver, baseline(driver));
      unpluggings.put(driver, unpluggings(baselines.get(driver), rounds(driver), random));
    }
    try (WiredBench bench = new WiredBench(drivers, scenario(unpluggings), folder)) {
      long endMs = unpluggings.values().stream().mapToLong(HotPlugIT::endMs).max().orElseThrow();
      for (long tickMs = SETTLED_MS; tickMs <= endMs; tickMs += 1_000) {
        bench.until(tickMs);
        for (String driver : drivers) {
          if (isHealthy(unpluggings.get(driver), tickMs, bench.tickMs())) {
            Set<Quantity> own = own(drivers, driver, baselines.get(driver));
            check(bench, driver, own, tickMs, OLDEST_MS);
          }
        }
      }
    }
  }

  private static int rounds(String driver) {
    int rounds = UNPLUGGINGS / KnownDrivers.names().size() + 1;
    return driver.equals("microphone") ? SOUND_CARD_UNPLUGGINGS : rounds;
  }

  private static void check(
      WiredBench bench, String driver, Set<Quantity> own, long tickMs, long oldestMs) {
    assertTrue(
        bench.row(tickMs).containsAll(own),
        () -> driver + " lost a field of the second that ends at " + tickMs);
    // An earlier part may give the row's quantities, so this part's own age is checked too.
    assertTrue(bench.ageMs(driver, tickMs) <= oldestMs, driver + " has no sample at " + tickMs);
  }

  /**
   * Returns the quantities of which the part is the first: those of an earlier part are missing for
   * a minute while the earlier part is unplugged.
   */
  private static Set<Quantity> own(List<String> drivers, String driver, Baseline baseline) {
    Set<Quantity> own = EnumSet.noneOf(Quantity.class);
    own.addAll(baseline.quantities());
    drivers.subList(0, drivers.indexOf(driver)).stream()
        .map(earlier -> Catalogue.of(earlier).orElseThrow().allQuantities())
        .forEach(own::removeAll);
    return own;
  }

  /** Measures the part alone on its bus. */
  private Baseline baseline(String driver) throws Exception {
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
    return new Baseline(all, first * 1_000L);
  }

  /**
   * Draws unpluggings: a part is plugged until its readings are back, or for a moment; unplugged
   * for up to 30 s.
   */
  private static List<Unplugging> unpluggings(
      Baseline baseline, int count, SplittableRandom random) {
    List<Unplugging> unpluggings = new ArrayList<>();
    long outMs = SETTLED_MS + random.nextInt(10_000);
    long firstOutMs = outMs;
    for (int i = 0; i < count; i++) {
      long inMs = outMs + random.nextInt(1, random.nextInt(2, random.nextInt(3, 30_000)));
      // Each back-off is at most as long as the fault has lasted, plus a second.
      long backoffMs = Math.min(LONGEST_BACKOFF_MS, inMs - firstOutMs + NOTICED_MS + 1_000);
      long backMs = inMs + NOTICED_MS + backoffMs + baseline.startUpMs() + 2_000;
      unpluggings.add(new Unplugging(outMs, inMs, backMs));
      boolean untilBack = random.nextInt(4) > 0;
      outMs = untilBack ? backMs + random.nextInt(10_000) : inMs + random.nextInt(1, 10_000);
      firstOutMs = untilBack ? outMs : firstOutMs;
    }
    return unpluggings;
  }

  private static String scenario(Map<String, List<Unplugging>> unpluggings) {
    StringBuilder text = new StringBuilder();
    unpluggings.forEach(
        (driver, all) ->
            all.forEach(
                unplugging ->
                    text.append(
                        "at %dms %s unplug%nat %dms %s plug%n"
                            .formatted(unplugging.outMs(), driver, unplugging.inMs(), driver))));
    return text.toString();
  }

  private static long endMs(List<Unplugging> unpluggings) {
    return unpluggings.get(unpluggings.size() - 1).backMs() + 2_000;
  }

  /**
   * Returns whether the part was plugged and back from the end of a second until now; the bench may
   * be late because it waits for a part.
   */
  private static boolean isHealthy(List<Unplugging> unpluggings, long tickMs, long nowMs) {
    return unpluggings.stream().noneMatch(o -> o.outMs() <= nowMs && tickMs < o.backMs());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("buses")
  void aPartThatNeverAnswersDelaysTheOthersByAtMostOnePeriod(List<String> drivers)
      throws Exception {
    for (String silentDriver : drivers) {
      List<String> others =
          drivers.stream().filter(driver -> !driver.equals(silentDriver)).toList();
      Map<String, Baseline> baselines = new HashMap<>();
      for (String driver : others) {
        baselines.put(driver, baseline(driver));
      }
      // The first read after that, and each start from then on, holds the bus for a second.
      String scenario = "at %dms %s no_answer on%n".formatted(SETTLED_MS, silentDriver);
      try (WiredBench bench = new WiredBench(drivers, scenario, folder)) {
        int silent = 0;
        for (long tickMs = SETTLED_MS; tickMs <= 2 * SETTLED_MS; tickMs += 1_000) {
          bench.until(tickMs);
          silent += bench.ageMs(silentDriver, tickMs) > 3_000 ? 1 : 0;
          for (String driver : others) {
            long delayMs = INTERVAL_DRIVERS.contains(driver) ? 2 * PERIOD_MS : PERIOD_MS;
            Set<Quantity> own = own(drivers, driver, baselines.get(driver));
            check(bench, driver, own, tickMs, OLDEST_MS + delayMs);
          }
        }
        assertTrue(silent > 100, silentDriver + " went on answering");
      }
    }
  }

  static Stream<List<String>> buses() {
    return KnownDrivers.buses().stream();
  }
}
