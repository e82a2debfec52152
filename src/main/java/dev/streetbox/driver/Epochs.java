package dev.streetbox.driver;

import java.util.OptionalLong;

/**
 * Tells at which tick a receiver's epoch was, from the time it names and the tick at which that
 * arrived. Reports are late by what receiver, line and gpsd took, now more, now less; the least
 * delay seen holds for all, so that what remains is constant (some 30 to 600 ms by receiver) and no
 * epoch moves to another second because its report was slow. It needs no true time of day, only one
 * that runs as the ticks do. Used by one thread.
 */
final class Epochs {
  /** The least delay is forgotten this slowly: faster than any two clocks drift apart. */
  private static final long DECAY_MS_PER_REPORT = 1;

  /** Beyond it, the receiver has set its clock, or its log is being replayed. */
  private static final long JUMP_MS = 1_000;

  private OptionalLong leastDelayMs = OptionalLong.empty();

  /**
   * Takes a report.
   *
   * @param utcMs the time of its epoch
   * @param arrivedMs the tick at which it arrived, not before the last one
   * @return the tick of its epoch: at most {@value #JUMP_MS} ms before it arrived
   */
  long tickMs(long utcMs, long arrivedMs) {
    long delayMs = arrivedMs - utcMs;
    long knownMs = leastDelayMs.orElse(delayMs);
    boolean jumped = Math.abs(delayMs - knownMs) > JUMP_MS;
    long leastNowMs = jumped ? delayMs : Math.min(delayMs, knownMs + DECAY_MS_PER_REPORT);
    leastDelayMs = OptionalLong.of(leastNowMs);
    return Math.max(arrivedMs - JUMP_MS, Math.min(arrivedMs, utcMs + leastNowMs));
  }
}
