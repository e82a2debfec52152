package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Injects every fault of particle sensors into every simulated one: a row never has a value without
 * the flag that warns of the fault, and unflagged values are back once the fault has ended.
 */
class ParticleFaultsTest {
  private static final List<String> ON_I2C = List.of("sps30", "sen55", "sen66", "pmsa003i");
  private static final List<String> ON_UART = List.of("pms5003", "sds011");

  /** Faults of a part's status, values or frames that all parts can have. */
  private static final List<String> OF_ALL =
      List.of("fan_stopped", "laser", "saturated", "stuck", "wrong_checksum", "all_zeros");

  private static final Set<Quality> WARNINGS =
      EnumSet.of(Quality.PM_WARMUP, Quality.PM_FAULT, Quality.PM_STUCK, Quality.OUT_OF_RANGE);

  private static final long BEGIN_MS = 60_000;

  /**
   * The time to detect a fault; a silent line can be distinguished from a slow one only after some
   * periods.
   */
  private static final long NOTICED_MS = 4_000;

  /** The time to detect a stuck value: constant for five minutes. */
  private static final long STUCK_MS = 302_000;

  private static final long LASTS_MS = 30_000;
  private static final long LONGEST_BACK_MS = 400_000;

  @TempDir private Path folder;

  static Stream<Arguments> faultCases() {
    List<Arguments> all = new ArrayList<>();
    Map<String, List<String>> own =
        Map.of(
            "sps30", List.of("fan_speed", "all_ones", "bus_hang", "no_answer"),
            "sen55", List.of("fan_speed", "all_ones", "bus_hang", "no_answer"),
            "sen66", List.of("fan_speed", "all_ones", "bus_hang", "no_answer"),
            "pmsa003i", List.of("all_ones", "bus_hang", "no_answer"),
            "pms5003", List.of("all_ones", "torn_frame", "garbage", "silence", "hang_up"),
            "sds011", List.of("all_ones", "torn_frame", "garbage", "silence", "hang_up"));
    Stream.of(ON_I2C, ON_UART)
        .flatMap(List::stream)
        .forEach(
            driver -> {
              OF_ALL.forEach(fault -> all.add(arguments(driver, fault)));
              own.get(driver).forEach(fault -> all.add(arguments(driver, fault)));
            });
    return all.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("faultCases")
  void noValueOfAFaultyPartIsWithoutAFlag(String driver, String fault) throws Exception {
    boolean stuck = fault.equals("stuck");
    long noticedMs = BEGIN_MS + (stuck ? STUCK_MS : NOTICED_MS);
    long healedMs = noticedMs + LASTS_MS;
    String scenario =
        "at %dms %s %s on%nat %dms %s %s off"
            .formatted(BEGIN_MS, driver, fault, healedMs, driver, fault);
    try (WiredBench bench = new WiredBench(List.of(driver), scenario, folder)) {
      Set<Quantity> usual = usual(bench);
      for (long tickMs = noticedMs; tickMs < healedMs; tickMs += 1_000) {
        bench.until(tickMs);
        requireWarned(bench.sample(tickMs), tickMs);
      }
      requireBack(bench, healedMs, usual);
    }
  }

  /** The wrong part is detected at its start, or by its first frame. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void anotherPartAtTheSameAddressGivesNoValueWithoutAFlag(String driver) throws Exception {
    long healedMs = BEGIN_MS + LASTS_MS;
    String scenario =
        """
        at %2$dms %1$s unplug
        at %2$dms %1$s wrong_part on
        at 61s %1$s plug
        at %3$dms %1$s unplug
        at %3$dms %1$s wrong_part off
        at 91s %1$s plug
        """
            .formatted(driver, BEGIN_MS, healedMs);
    try (WiredBench bench = new WiredBench(List.of(driver), scenario, folder)) {
      Set<Quantity> usual = usual(bench);
      for (long tickMs = BEGIN_MS + NOTICED_MS; tickMs <= healedMs; tickMs += 1_000) {
        bench.until(tickMs);
        requireWarned(bench.sample(tickMs), tickMs);
      }
      requireBack(bench, healedMs, usual);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void aPowerDipIsAWarmUpAndGivesNoWrongValue(String driver) throws Exception {
    String scenario = "at %dms %s brown_out".formatted(BEGIN_MS, driver);
    try (WiredBench bench = new WiredBench(List.of(driver), scenario, folder)) {
      Set<Quantity> usual = usual(bench);
      for (long tickMs = BEGIN_MS + NOTICED_MS; tickMs <= BEGIN_MS + 12_000; tickMs += 1_000) {
        bench.until(tickMs);
        requireWarned(bench.sample(tickMs), tickMs);
      }
      requireBack(bench, BEGIN_MS, usual);
    }
  }

  static Stream<String> parts() {
    return Stream.of(ON_I2C, ON_UART).flatMap(List::stream);
  }

  /** Returns the quantities of a warmed-up part. */
  private static Set<Quantity> usual(WiredBench bench) throws Exception {
    bench.until(BEGIN_MS - 2_000);
    Sample sample = bench.sample(BEGIN_MS - 2_000);
    assertTrue(Collections.disjoint(sample.flags(), WARNINGS), sample.toString());
    return particles(sample);
  }

  private static void requireWarned(Sample sample, long tickMs) {
    assertTrue(
        particles(sample).isEmpty() || !Collections.disjoint(sample.flags(), WARNINGS),
        () -> "at " + tickMs + " " + sample);
  }

  private static void requireBack(WiredBench bench, long healedMs, Set<Quantity> usual)
      throws Exception {
    Sample sample = bench.sample(healedMs);
    for (long tickMs = healedMs; tickMs <= healedMs + LONGEST_BACK_MS; tickMs += 1_000) {
      bench.until(tickMs);
      sample = bench.sample(tickMs);
      if (Collections.disjoint(sample.flags(), WARNINGS) && particles(sample).equals(usual)) {
        return;
      }
    }
    fail("not back: " + sample);
  }

  private static Set<Quantity> particles(Sample sample) {
    EnumSet<Quantity> particles = EnumSet.noneOf(Quantity.class);
    particles.addAll(sample.readings().keySet());
    particles.removeIf(quantity -> quantity.compareTo(Quantity.PM1) < 0);
    particles.removeIf(quantity -> quantity.compareTo(Quantity.PARTICLE_SIZE) > 0);
    return particles;
  }
}
