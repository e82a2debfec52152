package dev.streetbox.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the edges of a button on a scooter: fingers, bouncing contacts and vibration. */
final class ButtonTrace {
  private record Change(long tickMs, boolean high) {}

  private final SplittableRandom random;
  private final List<Change> changes = new ArrayList<>();
  private boolean high = true;
  private long nowMs;

  ButtonTrace(long seed) {
    this.random = new SplittableRandom(seed);
  }

  private void set(boolean to) {
    if (high != to) {
      high = to;
      changes.add(new Change(nowMs, to));
    }
  }

  private int draw(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  /** Leaves the button alone. */
  ButtonTrace rest(long ms) {
    nowMs += ms;
    return this;
  }

  /** Bounces for at most 8 ms, then stays. */
  private void bounce(boolean to) {
    long endMs = nowMs + 8;
    set(to);
    while (nowMs + 4 <= endMs && draw(0, 2) > 0) {
      nowMs += draw(1, 2);
      set(!to);
      nowMs += draw(1, 2);
      set(to);
    }
  }

  /** Closes the contact for that long from the first to the last contact, with bouncing. */
  ButtonTrace press(long ms) {
    long endMs = nowMs + ms;
    bounce(false);
    nowMs = endMs;
    bounce(true);
    return this;
  }

  /** Closes the contact as {@link #press}, while cobbles open it for up to 15 ms now and then. */
  ButtonTrace shakenPress(long ms) {
    long endMs = nowMs + ms;
    bounce(false);
    nowMs += 30;
    while (nowMs < endMs - 80) {
      set(true);
      nowMs += draw(1, 15);
      set(false);
      nowMs += draw(5, 60);
    }
    nowMs = Math.max(nowMs + 25, endMs);
    bounce(true);
    return this;
  }

  /** Cobbles: the contact closes by itself for up to 12 ms, ten to eighty times a second. */
  ButtonTrace cobbles(long ms) {
    long endMs = nowMs + ms;
    while (nowMs < endMs) {
      set(false);
      nowMs += draw(1, 12);
      set(true);
      nowMs += draw(1, 90);
    }
    return this;
  }

  /** Returns what the recogniser finds in all edges and five seconds after the last. */
  List<PressRecognizer.Press> recognised(PressTimes times) {
    PressRecognizer recognizer = new PressRecognizer(times);
    List<PressRecognizer.Press> found = new ArrayList<>(recognizer.edge(0, true));
    changes.forEach(change -> found.addAll(recognizer.edge(change.tickMs(), change.high())));
    found.addAll(recognizer.elapse(nowMs + 5_000));
    return found;
  }

  /** Returns the gestures of {@link #recognised} with the default times. */
  List<Gesture> gestures() {
    return recognised(PressTimes.DEFAULT).stream().map(PressRecognizer.Press::gesture).toList();
  }

  /** Returns the present tick in ms. */
  long nowMs() {
    return nowMs;
  }
}
