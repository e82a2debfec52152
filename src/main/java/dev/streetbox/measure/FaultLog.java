package dev.streetbox.measure;

import org.slf4j.Logger;

/**
 * Logs the faults of one place with a bounded number of lines. The first fault and the first
 * recovery are logged at once. Afterwards the place is quiet for a minute, and twice as long after
 * each further line, up to an hour; what happens meanwhile is counted, and logged as one line once
 * the quiet time has passed or the place has not changed for a quarter of it. An hour without a
 * change ends this. Used under the lock of {@link Faults}.
 */
final class FaultLog {
  /** The shortest quiet time, in ms. */
  static final long MIN_QUIET_MS = 60_000;

  /** The longest quiet time, in ms. */
  static final long MAX_QUIET_MS = 3_600_000;

  /** The number of different texts that are logged at once; later ones are counted. */
  static final int TEXTS = 5;

  private final String place;
  private final Logger logger;
  private boolean active;
  private String text = "";
  private long changedMs;
  private long quietMs;
  private long quietUntilMs = Long.MIN_VALUE;
  private int texts;

  /** The changes that are not logged yet, and of them the faults. */
  private int changes;

  private int faults;
  private long firstChangeMs;

  FaultLog(String place, Logger logger) {
    this.place = place;
    this.logger = logger;
  }

  /**
   * Notes that a fault has begun.
   *
   * @param isNew whether the place never had a fault with this text
   */
  void onRaised(String next, boolean isNew, long nowMs) {
    endQuietIfStable(nowMs);
    active = true;
    text = next;
    if (isNew && texts < TEXTS) {
      texts++;
      logger.warn("{}: {}", place, text);
      changedMs = nowMs;
      return;
    }
    faults++;
    onChange(nowMs);
  }

  /** Notes that all faults of the place have ended. */
  void onCleared(long nowMs) {
    endQuietIfStable(nowMs);
    active = false;
    onChange(nowMs);
  }

  /** Logs the changes that were counted, if they are due. */
  void logDue(long nowMs) {
    if (changes > 0 && (nowMs >= quietUntilMs || nowMs - changedMs >= quietMs / 4)) {
      log(nowMs);
    }
  }

  private void onChange(long nowMs) {
    firstChangeMs = changes == 0 ? nowMs : firstChangeMs;
    changes++;
    changedMs = nowMs;
    if (nowMs >= quietUntilMs) {
      log(nowMs);
    }
  }

  private void endQuietIfStable(long nowMs) {
    if (changes == 0 && nowMs - changedMs >= MAX_QUIET_MS) {
      quietMs = 0;
      quietUntilMs = Long.MIN_VALUE;
      texts = 0;
    }
  }

  private void log(long nowMs) {
    String times = faults + (faults == 1 ? " time" : " times");
    String span = (nowMs - firstChangeMs + 999) / 1000 + " s";
    if (changes > 1) {
      if (active) {
        logger.warn("{}: again, {} in {}: {}", place, times, span, text);
      } else {
        logger.info("{}: works again, after {} in {}: {}", place, times, span, text);
      }
    } else if (active) {
      logger.warn("{}: again: {}", place, text);
    } else {
      logger.info("{}: works again", place);
    }
    changes = 0;
    faults = 0;
    quietMs = Math.max(MIN_QUIET_MS, Math.min(MAX_QUIET_MS, 2 * quietMs));
    quietUntilMs = nowMs + quietMs;
  }
}
