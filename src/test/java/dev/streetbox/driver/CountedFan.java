package dev.streetbox.driver;

import java.time.Duration;

/** Counts a fan's time without a disk. */
public final class CountedFan implements FanHours {
  private Duration ran = Duration.ZERO;

  /** Returns the time that the fan has run since it was cleaned. */
  Duration ran() {
    return ran;
  }

  @Override
  public void addRunTime(Duration more) {
    ran = ran.plus(more);
  }

  @Override
  public boolean isCleaningDue() {
    return ran.compareTo(CLEAN_AFTER) >= 0;
  }

  @Override
  public void markCleaned() {
    ran = Duration.ZERO;
  }
}
