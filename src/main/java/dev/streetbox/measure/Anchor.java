package dev.streetbox.measure;

/**
 * One moment known on both clocks: the boot's monotonic one and UTC.
 *
 * @param boot the boot whose ticks it dates
 * @param tickMs monotonic milliseconds since that boot began
 * @param utcMs the same moment in milliseconds since 1970-01-01T00:00:00Z
 * @param source where the UTC comes from
 * @param uncertaintyMs how far {@code utcMs} may be off, either way; of an estimate, how much
 *     earlier it may be: how much later, nobody can know yet
 */
public record Anchor(int boot, long tickMs, long utcMs, TimeSource source, long uncertaintyMs) {
  /**
   * A difference up to this is no jump, in ms: a leap second, together with a receiver's delay.
   * Receivers that do not know the leap seconds yet are off by two or more.
   */
  public static final long STEP_MS = 1_500;

  /** The oscillator may be off by 1/10 000: twice what a Pi's is, in heat and cold. */
  private static final long DRIFT = 10_000;

  /** How far UTC is ahead of the boot's own clock, in ms. */
  public long offsetMs() {
    return utcMs - tickMs;
  }

  /** Whether one clock may have said both: its drift, a delay and a leap second explain them. */
  public boolean agreesWith(Anchor other) {
    return Math.abs(offsetMs() - other.offsetMs())
        <= STEP_MS + Math.abs(tickMs - other.tickMs()) / DRIFT;
  }
}
