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
 * Decodes the frames of the measuring cell that all Plantower parts share, and flags implausible
 * ones. Gives the atmospheric masses (not "CF=1") and the number concentrations above each size,
 * 1/cm³.
 *
 * <p>Flags: PM_WARMUP for 30 s from the first frame or from a restart, and while the frames are all
 * zero; PM_FAULT if the error code is set or the counts are inconsistent, and, then without
 * readings, if the count of particles is 0; PM_STUCK; OUT_OF_RANGE. For one thread.
 */
final class PlantowerCell {
  /**
   * Greatest mass, µg/m³: the maximum range is 1000 or more (manual V2.3, table 1); Linux clamps
   * there too.
   */
  private static final double GREATEST_MASS = 1000;

  /** Greatest count, 1/cm³; a word of 65535 is a saturated counter. */
  private static final double GREATEST_COUNT = 655.34;

  /** Time from switching the fan on to good values (manual V2.3, "Circuit attentions"). */
  private static final long WARM_UP_MS = 30_000;

  /** Limit of twelve unchanged counts and masses, which no air with dust reaches. */
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

  /** Begins a warm-up with the next frame, because the fan may just have been switched on. */
  void restart() {
    warmUpPending = true;
    stuck.reset();
  }

  /**
   * Decodes a frame and flags warm-up and stuck values.
   *
   * @param frame a valid {@link PlantowerFrame}
   * @param nowMs the tick at which the frame arrived
   */
  Sample take(byte[] frame, long nowMs) {
    boolean starting = isAllZero(frame);
    if (warmUpPending || starting) {
      warmUpPending = false;
      warmUntilTickMs = nowMs + WARM_UP_MS;
    }
    if (starting) {
      return new Sample(Map.of(), Set.of(Quality.PM_WARMUP));
    }
    SampleBuilder builder = decode(frame);
    builder.flagIf(nowMs < warmUntilTickMs, Quality.PM_WARMUP);
    int length = VERSION_AT - PlantowerFrame.CF1_AT;
    builder.flagIf(
        stuck.isStuck(ByteBuffer.wrap(frame, PlantowerFrame.CF1_AT, length), nowMs),
        Quality.PM_STUCK);
    return builder.build();
  }

  /** Returns the readings and the cell's own faults of a valid frame (manual V2.3, Appendix I). */
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

  /**
   * Returns whether no particle was counted; even a clean room (ISO 14644-1, class 5) has one in
   * 0.1 l.
   */
  private static boolean hasNoParticles(byte[] frame) {
    return BigEndian.word(frame, COUNTS_AT) == 0;
  }

  /**
   * Returns whether a count is less than the next one, which cannot be, because each one counts all
   * particles above its size. A PMS5003T is detected so, because it sends temperature and humidity
   * in the last two words.
   */
  private static boolean hasInconsistentCounts(byte[] frame) {
    for (int at = COUNTS_AT; at < VERSION_AT - 2; at += 2) {
      if (BigEndian.word(frame, at) < BigEndian.word(frame, at + 2)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether all words and the version are zero, which a part sends while its fan starts.
   */
  private static boolean isAllZero(byte[] frame) {
    for (int at = PlantowerFrame.CF1_AT; at < PlantowerFrame.SUM_AT; at++) {
      if (frame[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
