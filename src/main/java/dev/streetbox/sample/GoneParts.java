package dev.streetbox.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds parts that were measuring and have been gone for some time, each once until it measures
 * again. A part that still sends something, or whose bus is held, is not gone. Used by one thread.
 */
public final class GoneParts {
  private final long afterMs;

  /** The ticks (ms) of the last samples of the parts that were found, by name. */
  private final Map<String, Long> gone = new HashMap<>();

  /**
   * @param after the time without a sample after which a part is gone; zero: none ever is
   */
  public GoneParts(Duration after) {
    this.afterMs = after.toMillis();
  }

  /**
   * Returns the parts that are gone and were not returned since they last measured.
   *
   * @param statuses the present states of all parts
   * @param tickMs now
   */
  public List<SensorStatus> next(List<SensorStatus> statuses, long tickMs) {
    List<SensorStatus> found = new ArrayList<>();
    for (SensorStatus status : statuses) {
      Long last = status.lastSampleTickMs();
      if (isGone(status, tickMs) && !last.equals(gone.put(status.name(), last))) {
        found.add(status);
      }
    }
    return found;
  }

  private boolean isGone(SensorStatus status, long tickMs) {
    return afterMs > 0 && status.isSilent() && status.ageMs(tickMs).orElse(0) >= afterMs;
  }
}
