package dev.streetbox.driver;

import static dev.streetbox.driver.PlantowerFrame.COUNTS_AT;
import static dev.streetbox.driver.PlantowerFrame.ERROR_AT;
import static dev.streetbox.driver.PlantowerFrame.MASS_AT;
import static dev.streetbox.driver.PlantowerFrame.VERSION_AT;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The measuring cell that all Plantower parts share: what its frames mean, and when they are not to
 * be believed. Gives the atmospheric masses (not "CF=1") and the number concentrations above each
 * size, 1/cm³.
 *
 * <p>Flags: PM_WARMUP for 30 s from its first frame or from a restart, and while its frames are all
 * zero; PM_FAULT with its error code or if its counts contradict each other, and, then without
 * readings, if it sees not a single particle; PM_STUCK; OUT_OF_RANGE. For one thread.
 */
final class PlantowerCell {
  /** At least 1000 µg/m³ is the maximum range (manual V2.3, table 1); Linux clamps there too. */
  private static final double GREATEST_MASS = 1000;

  /** A count of 65535 is a full counter, not a number of particles. */
  private static final double GREATEST_COUNT = 655.34;

  /** The fan needs 30 s after it was switched on (manual V2.3, "Circuit attentions"). */
  private static final long WARM_UP_MS = 30_000;

  /** Twelve counts and masses, never all equal for that long in air with any dust. */
  private static final Duration FROZEN = Duration.ofMinutes(5);

  private static final List<Quantity> MASSES = List.of(Quantity.PM1, Quantity.PM2_5, Quantity.PM10);
  private static final List<Quantity> COUNTS =
      List.of(
          Quantity.NC0_3,
          Quantity.NC0_5,
          Quantity.NC1,
          Quantity.NC2_5,
          Quantity.NC5,
          Quantity.NC10);

  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private boolean warmUpPending;
  private long warmUntilTickMs;

  /** Its fan may just have been switched on: the next frame begins a warm-up. */
  void restart() {
    warmUpPending = true;
    stuck.reset();
  }

  /**
   * What a frame says.
   *
   * @param frame of {@link PlantowerFrame}'s form, its sum right
   * @param now when it came
   */
  Sample take(byte[] frame, long now) {
    boolean waking = isAllZero(frame);
    if (warmUpPending || waking) {
      warmUpPending = false;
      warmUntilTickMs = now + WARM_UP_MS;
    }
    if (waking) {
      return new Sample(Map.of(), Set.of(Quality.PM_WARMUP));
    }
    SampleBuilder builder = decode(frame);
    builder.flagIf(now < warmUntilTickMs, Quality.PM_WARMUP);
    int said = VERSION_AT - PlantowerFrame.CF1_AT;
    builder.flagIf(
        stuck.isStuck(ByteBuffer.wrap(frame, PlantowerFrame.CF1_AT, said), now), Quality.PM_STUCK);
    return builder.build();
  }

  /** Readings and the cell's own faults of a frame whose sum is right (manual V2.3, Appendix I). */
  static SampleBuilder decode(byte[] frame) {
    SampleBuilder builder = new SampleBuilder();
    if (hasNoParticles(frame)) {
      builder.flagIf(true, Quality.PM_FAULT);
      return builder;
    }
    for (int i = 0; i < MASSES.size(); i++) {
      builder.put(MASSES.get(i), BigEndian.word(frame, MASS_AT + 2 * i), 0, GREATEST_MASS);
    }
    for (int i = 0; i < COUNTS.size(); i++) {
      // Per 0.1 litre, that is per 100 cm³.
      double perCm3 = BigEndian.word(frame, COUNTS_AT + 2 * i) / 100.0;
      builder.put(COUNTS.get(i), perCm3, 0, GREATEST_COUNT);
    }
    builder.flagIf(frame[ERROR_AT] != 0 || hasInconsistentCounts(frame), Quality.PM_FAULT);
    return builder;
  }

  /** Even the cleanest air of a clean room (ISO 14644-1, class 5) has one particle in 0.1 l. */
  private static boolean hasNoParticles(byte[] frame) {
    return BigEndian.word(frame, COUNTS_AT) == 0;
  }

  /**
   * Each count is of all particles above its size, so the next cannot be greater: a PMS5003T sends
   * temperature and humidity in the last two.
   */
  private static boolean hasInconsistentCounts(byte[] frame) {
    for (int at = COUNTS_AT; at < VERSION_AT - 2; at += 2) {
      if (BigEndian.word(frame, at) < BigEndian.word(frame, at + 2)) {
        return true;
      }
    }
    return false;
  }

  /** Version included: what it sends while its fan starts, and not clean air. */
  private static boolean isAllZero(byte[] frame) {
    for (int at = PlantowerFrame.CF1_AT; at < PlantowerFrame.SUM_AT; at++) {
      if (frame[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
