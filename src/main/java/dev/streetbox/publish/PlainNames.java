package dev.streetbox.publish;

import dev.streetbox.outbox.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Publishes each boot under the box id that it measured under, with its number unchanged. Safe for
 * every thread.
 *
 * @param ids returns the box id of a boot
 */
public record PlainNames(IntFunction<String> ids) implements PublishedNames {
  /** Publishes all boots under one id. */
  public PlainNames(String box) {
    this(boot -> box);
  }

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
    return new Name(ids.apply(boot), boot);
  }

  /** {@inheritDoc} It is the boot that the event is about, if that has another id. */
  @Override
  public int namingBoot(Event event) {
    return isOfAnotherId(event) ? event.about() : event.boot();
  }

  /** {@inheritDoc} The letter tells it from the keys of the events that the named boot made. */
  @Override
  public String eventKey(Event event) {
    return isOfAnotherId(event)
        ? event.boot() + "f" + event.number()
        : Integer.toString(event.number());
  }

  private boolean isOfAnotherId(Event event) {
    return !ids.apply(event.about()).equals(ids.apply(event.boot()));
  }

  @Override
  public String pseudonymOf(String hash, int boot) {
    return hash;
  }
}
