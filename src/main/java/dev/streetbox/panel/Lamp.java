package dev.streetbox.panel;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Chooses the pattern that the lamp shows, by precedence: a finger, a search for this box, a notice
 * that something was noted, the newest report's state, a fault. {@link #identify} and {@link #note}
 * may be called by any thread, and {@link #pattern} too; {@link #show} by the panel's.
 */
public final class Lamp {
  private static final long NOTE_MS = 1_000;

  private final Supplier<LampPattern> state;
  private final Supplier<Long> tickMs;
  private volatile long identifyUntilMs;
  private volatile long noteUntilMs;
  private volatile LampPattern pattern = LampPattern.OFF;
  private long sinceMs;

  /**
   * Makes a lamp that is off.
   *
   * @param state returns the pattern of the newest report or of a fault, else {@link
   *     LampPattern#OFF}; called by the panel's thread
   * @param tickMs returns the present tick in ms
   */
  public Lamp(Supplier<LampPattern> state, Supplier<Long> tickMs) {
    this.state = state;
    this.tickMs = tickMs;
  }

  /** Shows for a while which box this is; zero ends it. Takes effect within a second. */
  public void identify(Duration duration) {
    identifyUntilMs = tickMs.get() + duration.toMillis();
  }

  /** Shows for a second that something was noted. */
  void note() {
    noteUntilMs = tickMs.get() + NOTE_MS;
  }

  /** Returns the pattern that is shown. */
  public LampPattern pattern() {
    return pattern;
  }

  /**
   * Chooses the pattern for this moment.
   *
   * @return whether the lamp is on
   */
  boolean show(long nowMs, boolean touched) {
    LampPattern next = choose(nowMs, touched);
    if (next != pattern) {
      pattern = next;
      sinceMs = nowMs;
    }
    return pattern.isOn(nowMs - sinceMs);
  }

  /** Returns how many ms after this moment the shown pattern changes the lamp. */
  long untilChangeMs(long nowMs) {
    return pattern.untilChangeMs(nowMs - sinceMs);
  }

  private LampPattern choose(long nowMs, boolean touched) {
    if (touched) {
      return LampPattern.TOUCHED;
    }
    if (nowMs < identifyUntilMs) {
      return LampPattern.IDENTIFY;
    }
    return nowMs < noteUntilMs ? LampPattern.NOTED : state.get();
  }
}
