package dev.streetbox.publish;

import dev.streetbox.outbox.Event;
import java.time.Duration;
import java.util.Optional;

/**
 * Publishes the box's own id and the numbers of its boots unchanged. Safe for every thread.
 *
 * @param box the box's id
 */
public record PlainNames(String box) implements PublishedNames {
  @Override
  public boolean isAssigned() {
    return true;
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
    return new Name(box, boot);
  }

  @Override
  public int namingBoot(Event event) {
    return event.boot();
  }

  @Override
  public String eventKey(Event event) {
    return Integer.toString(event.number());
  }

  @Override
  public String pseudonymOf(String hash, int boot) {
    return hash;
  }
}
