package dev.streetbox.driver;

import java.time.Duration;

/**
 * Counts how long a particle sensor's fan has run since it was last cleaned, over all restarts of
 * part and process. It is kept here because the parts count only from their last power-up and a
 * scooter is switched off every day, so that they would never clean themselves. Called by the bus's
 * thread; no call waits for a disk.
 */
public interface FanHours {
  /**
   * Fan time between two cleanings: the parts' own interval if they are never switched off (SPS30
   * datasheet, 4.2).
   */
  Duration CLEAN_AFTER = Duration.ofDays(7);

  /** Length of a cleaning (SPS30 datasheet, 4.2). */
  Duration CLEANING = Duration.ofSeconds(10);

  /** Adds the time that the fan has run since the last call. */
  void addRunTime(Duration more);

  /**
   * Returns whether the fan has run for {@link #CLEAN_AFTER}, as far as its stored time is loaded.
   */
  boolean isCleaningDue();

  /** Restarts the count at zero, because the fan is being cleaned. */
  void markCleaned();
}
