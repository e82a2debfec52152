package dev.streetbox.driver;

import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks the raw signal of one pixel of an SGP40 or SGP41 and passes only valid signals to the
 * index. A second without a valid signal is not passed at all, because repeating the last signal
 * would teach the index an unmeasured calm, and a missed second is negligible against time
 * constants of 20 s to 12 h. A signal above the algorithm's limit is a fault and no reading,
 * because the index of a defective part with 63,800 ticks would be that of usual air. After {@link
 * GasIndex#STATE_LIFE} without a valid signal the index starts anew. Used by the bus's thread.
 */
final class GasPixel {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * Limit of an unchanged signal, which no working pixel reaches, because its noise is several
   * ticks.
   */
  private static final Duration FROZEN = Duration.ofMinutes(5);

  private final Gas gas;
  private final Quantity rawQuantity;
  private final Quantity indexQuantity;
  private final StuckDetector frozen = new StuckDetector(FROZEN);
  private GasIndex index;
  private boolean failed;
  private long acceptedTickMs;

  /** Creates a pixel whose index has learned nothing. */
  GasPixel(Gas gas, Quantity rawQuantity, Quantity indexQuantity) {
    this.gas = gas;
    this.rawQuantity = rawQuantity;
    this.indexQuantity = indexQuantity;
    this.index = new GasIndex(gas, INTERVAL);
  }

  /**
   * Resets the index and the stuck detector.
   *
   * @param selfTestFailed whether the pixel failed its self-test, so that no readings are given
   *     until the next restart
   */
  void restart(boolean selfTestFailed) {
    failed = selfTestFailed;
    frozen.reset();
    index = new GasIndex(gas, INTERVAL);
  }

  /**
   * Adds the signal of one second.
   *
   * @param builder receives the signal and, once there is one, the index; or a flag
   * @return whether the index has accepted the signal
   */
  boolean take(int ticks, long nowMs, SampleBuilder builder) {
    boolean stuck = frozen.isStuck(ticks, nowMs);
    builder.flagIf(stuck, Quality.GAS_STUCK);
    if (failed || !GasIndex.resolves(gas, ticks)) {
      builder.flagIf(true, Quality.GAS_FAULT);
      return false;
    }
    builder.put(rawQuantity, ticks);
    if (!stuck) {
      updateIndex(ticks, nowMs, builder);
    }
    builder.flagIf(index.learning(), Quality.GAS_WARMUP);
    return !stuck;
  }

  /**
   * Saves the learned state if there is one; otherwise restores the stored one. To be called after
   * each accepted signal, because a stored state's age is known only once the clock is.
   *
   * @param serial the serial number of the pixel's part
   */
  void saveOrRestore(GasIndexState indexState, long serial) {
    Optional<GasIndex.State> learned = index.state();
    if (learned.isPresent()) {
      indexState.save(serial, learned.get());
    } else {
      indexState.load(serial).ifPresent(stored -> index.restore(stored.state(), stored.age()));
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
