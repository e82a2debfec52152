package dev.streetbox.driver;

import java.time.Duration;

/** A fan's log without a disk. */
public final class CountedFan implements FanHours {
  private Duration ran = Duration.ZERO;

  /** How long it has run since it was cleaned. */
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
