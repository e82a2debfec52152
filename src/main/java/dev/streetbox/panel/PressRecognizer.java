package dev.streetbox.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Recognises presses in the edges of a button that pulls its line low. Contacts bounce, and on
 * cobbles a switch closes or opens by itself for some ms; so a finger counts only after the line
 * was low without a break for two thirds of the shortest press, and as lifted only after the line
 * was high for 40 ms. A button that is down at the start counts once it was up. Uses no clock and
 * is used by one thread.
 */
public final class PressRecognizer {
  /** Longest bouncing (ms) before a contact closes for good. */
  static final long BOUNCE_MS = 10;

  /** The line is high for so long (ms) when the finger is lifted; faster than any second press. */
  static final long RELEASE_MS = 40;

  /** Ticks are whole ms, so that a contact may appear this much (ms) too short. */
  private static final long ROUNDING_MS = 2;

  /**
   * Holds a recognised gesture.
   *
   * @param tickMs when its first contact began
   */
  public record Press(Gesture gesture, long tickMs) {}

  private record Contact(long fromMs, long toMs) {}

  private final long shortestMs;
  private final long longestMs;
  private final long windowMs;
  private final long holdMs;
  private List<Press> found = new ArrayList<>();
  private boolean started;
  private boolean low;
  private long sinceMs;
  private long contactMs = Long.MIN_VALUE / 2;
  private boolean touched;
  private boolean held;
  private Optional<Contact> first = Optional.empty();
  private long doubleUntilMs = Long.MIN_VALUE;

  /** Waits for the first press. */
  public PressRecognizer(PressTimes times) {
    this.shortestMs = times.shortest().toMillis();
    this.longestMs = times.longest().toMillis();
    this.windowMs = times.window().toMillis();
    this.holdMs = times.hold().toMillis();
  }

  /**
   * Takes a change of the line; ticks never decrease.
   *
   * @return the gestures that were complete by then
   */
  public List<Press> edge(long tickMs, boolean high) {
    advance(tickMs);
    if (!started) {
      started = high;
    } else if (low == high) {
      low = !high;
      sinceMs = tickMs;
      if (low && !touched && tickMs - contactMs > BOUNCE_MS) {
        contactMs = tickMs;
      }
    }
    return taken();
  }

  /** Lets time pass without a change; returns the gestures that were complete by then. */
  public List<Press> elapse(long tickMs) {
    advance(tickMs);
    return taken();
  }

  /** Returns whether a finger is on the button. */
  public boolean isTouched() {
    return touched;
  }

  /** Returns the tick at which {@link #elapse} is to be called if no edge comes before. */
  public OptionalLong nextTickMs() {
    long next = Math.min(touchAtMs(), Math.min(holdAtMs(), secondEndMs()));
    next = Math.min(next, Math.min(releaseAtMs(), windowEndMs()));
    return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
  }

  private List<Press> taken() {
    List<Press> taken = found;
    found = new ArrayList<>();
    return taken;
  }

  private void advance(long tickMs) {
    OptionalLong next = nextTickMs();
    while (next.isPresent() && next.getAsLong() <= tickMs) {
      pass(next.getAsLong());
      next = nextTickMs();
    }
  }

  private void pass(long tickMs) {
    if (touchAtMs() <= tickMs) {
      touched = true;
    } else if (holdAtMs() <= tickMs) {
      finishFirst();
      held = true;
      found.add(new Press(Gesture.HOLD, contactMs));
    } else if (releaseAtMs() <= tickMs) {
      release();
    } else {
      finishFirst();
    }
  }

  /** Returns when the contact that closes counts as a finger. */
  private long touchAtMs() {
    return low && !touched ? sinceMs + shortestMs * 2 / 3 : Long.MAX_VALUE;
  }

  private long holdAtMs() {
    return touched && low && !held ? Math.max(sinceMs, contactMs + holdMs) : Long.MAX_VALUE;
  }

  /** Returns when the present contact is too long for the second press of two. */
  private long secondEndMs() {
    return touched && first.isPresent() ? contactMs + longestMs + 1 : Long.MAX_VALUE;
  }

  private long releaseAtMs() {
    return touched && !low ? sinceMs + RELEASE_MS : Long.MAX_VALUE;
  }

  /** Returns when no second press can begin any more. */
  private long windowEndMs() {
    if (touched || first.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long endMs = first.get().toMs() + windowMs;
    return low && sinceMs <= endMs ? Math.max(endMs, touchAtMs()) : endMs;
  }

  private void finishFirst() {
    first.ifPresent(contact -> found.add(new Press(Gesture.PRESS, contact.fromMs())));
    first = Optional.empty();
  }

  private void release() {
    touched = false;
    boolean wasHeld = held;
    held = false;
    long lengthMs = sinceMs - contactMs;
    if (wasHeld || lengthMs + ROUNDING_MS < shortestMs || lengthMs > longestMs) {
      return;
    }
    if (contactMs <= doubleUntilMs) {
      doubleUntilMs = sinceMs + windowMs; // a third press belongs to the two before
    } else if (first.isPresent()) {
      found.add(new Press(Gesture.DOUBLE_PRESS, first.get().fromMs()));
      first = Optional.empty();
      doubleUntilMs = sinceMs + windowMs;
    } else {
      first = Optional.of(new Contact(contactMs, sinceMs));
    }
  }
}
