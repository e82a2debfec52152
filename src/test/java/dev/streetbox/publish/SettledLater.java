package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.outbox.Event;

/**
 * Plain names that hold from a tick on only.
 *
 * @param fromMs that tick
 */
record SettledLater(Time time, long fromMs) implements PublishedNames {
  private static final PublishedNames PLAIN = new PlainNames("sb-0042");

  @Override
  public boolean isSettled() {
    return time.tickMs() >= fromMs;
  }

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public Name of(int boot) {
    return PLAIN.of(boot);
  }

  @Override
  public int teller(Event event) {
    return PLAIN.teller(event);
  }

  @Override
  public String mark(Event event) {
    return PLAIN.mark(event);
  }

  @Override
  public String seal(String hash, int boot) {
    return PLAIN.seal(hash, boot);
  }
}
