package dev.streetbox.driver;

import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import java.time.Duration;
import java.util.Optional;

/**
 * One pixel of an SGP40 or SGP41: judges its raw signal, and gives only signals that can be trusted
 * to the index. For the index a second without such a signal never was: repeating the last one
 * would teach it a silence that nobody measured, and against time constants of 20 s to 12 h a
 * missed second is nothing. After {@link GasIndex#STATE_LIFE} of them it begins anew. Used by the
 * bus's thread.
 */
final class GasPixel {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** The signals' noise is several ticks; a dead pixel would pass for perfectly steady air. */
  private static final Duration FROZEN = Duration.ofMinutes(5);

  private final Gas gas;
  private final Quantity rawQuantity;
  private final Quantity indexQuantity;
  private final StuckDetector frozen = new StuckDetector(FROZEN);
  private GasIndex index;
  private boolean failed;
  private long acceptedTickMs;

  /** A pixel that has learned nothing. */
  GasPixel(Gas gas, Quantity rawQuantity, Quantity indexQuantity) {
    this.gas = gas;
    this.rawQuantity = rawQuantity;
    this.indexQuantity = indexQuantity;
    this.index = new GasIndex(gas, INTERVAL);
  }

  /**
   * Forgets everything.
   *
   * @param nowFailed whether it failed its self-test, and so gives no reading from now on
   */
  void restart(boolean nowFailed) {
    failed = nowFailed;
    frozen.reset();
    index = new GasIndex(gas, INTERVAL);
  }

  /**
   * Takes the signal of one second.
   *
   * @param builder receives the signal and, once there is one, the index; or a flag
   * @return whether the index has heard the signal
   */
  boolean take(int ticks, long nowMs, SampleBuilder builder) {
    boolean stuck = frozen.isStuck(ticks, nowMs);
    builder.flagIf(stuck, Quality.GAS_STUCK);
    if (failed || ticks == 0 || ticks == 0xFFFF) {
      builder.flagIf(true, Quality.GAS_FAULT);
      return false;
    }
    builder.put(rawQuantity, ticks, 1, 0xFFFE);
    boolean heard = !stuck && GasIndex.accepts(ticks);
    if (heard) {
      updateIndex(ticks, nowMs, builder);
    }
    builder.flagIf(index.learning(), Quality.GAS_WARMUP);
    return heard;
  }

  /**
   * Keeps what is worth keeping; before that, goes on from an earlier life. To be called after each
   * signal that was heard, since a memory's age is only known once the clock is.
   *
   * @param serial of the part that the pixel belongs to
   */
  void saveOrRestore(GasIndexState indexState, long serial) {
    Optional<GasIndex.State> learned = index.state();
    if (learned.isPresent()) {
      indexState.save(serial, learned.get());
    } else {
      indexState.load(serial).ifPresent(known -> index.restore(known.state(), known.age()));
    }
  }

  private void updateIndex(int ticks, long nowMs, SampleBuilder builder) {
    if (nowMs - acceptedTickMs > GasIndex.STATE_LIFE.toMillis()) {
      index = new GasIndex(gas, INTERVAL);
    }
    acceptedTickMs = nowMs;
    int value = index.next(ticks);
    if (value > 0) {
      builder.put(indexQuantity, value, 1, 500);
    }
  }
}
