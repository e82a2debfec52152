package dev.streetbox.agent;

import dev.streetbox.driver.FanHours;
import dev.streetbox.measure.TextFormatException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts a fan's running time since its last cleaning, across restarts. The file's text is that
 * time in seconds and a line feed.
 *
 * <p>The part's thread calls {@link #addRunTime}, {@link #isCleaningDue} and {@link #markCleaned}.
 */
final class PersistedFanHours implements FanHours, PersistedState.Content {
  /**
   * Limits the writes to the card; against the cleaning period of a week, 10 min are exact enough.
   */
  static final Duration WRITE_EVERY = Duration.ofMinutes(10);

  private final AtomicLong ranMs = new AtomicLong();

  @Override
  public void addRunTime(Duration more) {
    ranMs.addAndGet(more.toMillis());
  }

  @Override
  public boolean isCleaningDue() {
    return ranMs.get() >= CLEAN_AFTER.toMillis();
  }

  @Override
  public void markCleaned() {
    ranMs.set(0);
  }

  @Override
  public String effectOfMissingFile() {
    return "its count restarts at 0";
  }

  /** Adds the time in the text to the time run since the start. */
  @Override
  public void restore(String text) throws TextFormatException {
    try {
      ranMs.addAndGet(Long.parseLong(text.strip()) * 1_000);
    } catch (NumberFormatException e) {
      throw new TextFormatException("not a number of seconds: " + e.getMessage());
    }
  }

  @Override
  public Optional<String> text() {
    long ranS = ranMs.get() / 1_000;
    return Optional.of(ranS + "\n");
  }
}
