package dev.streetbox.driver;

import java.time.Duration;

/**
 * How long a particle sensor's fan has run since it was last cleaned, over all restarts of part and
 * process. The parts count only from their last power-up, and a scooter is switched off every day:
 * they would never clean themselves. Called by the bus's thread; no call waits for a disk.
 */
public interface FanHours {
  /**
   * What Sensirion's parts do by themselves if they are never switched off (SPS30 datasheet, 4.2).
   */
  Duration CLEAN_AFTER = Duration.ofDays(7);

  /** How long a cleaning takes (SPS30 datasheet, 4.2). */
  Duration CLEANING = Duration.ofSeconds(10);

  /** The fan has run for so long since the last call. */
  void addRunTime(Duration more);

  /** Whether it has run for {@link #CLEAN_AFTER}, as far as is known by now. */
  boolean isCleaningDue();

  /** It was cleaned. */
  void markCleaned();
}
