package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.outbox.Event;
import java.time.Duration;
import java.util.Optional;

/**
 * Assigns plain names at a tick.
 *
 * @param fromMs the tick, in ms
 */
record AssignedLater(Time time, long fromMs) implements PublishedNames {
  private static final PublishedNames PLAIN = new PlainNames("sb-0042");

  @Override
  public boolean isAssigned() {
    return time.tickMs() >= fromMs;
  }

  @Override
  public boolean isExpired() {
    return false;
  }

  @Override
  public Optional<Duration> retention() {
    return Optional.empty();
  }

  @Override
  public Name of(int boot) {
    return PLAIN.of(boot);
  }

  @Override
  public int namingBoot(Event event) {
    return PLAIN.namingBoot(event);
  }

  @Override
  public String eventKey(Event event) {
    return PLAIN.eventKey(event);
  }

  @Override
  public String pseudonymOf(String hash, int boot) {
    return PLAIN.pseudonymOf(hash, boot);
  }
}
