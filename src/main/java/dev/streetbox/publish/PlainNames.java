package dev.streetbox.publish;

import dev.streetbox.outbox.Event;

/**
 * The names that things have: the box's own, and the numbers of its boots as they were counted.
 *
 * @param box the box's id
 */
public record PlainNames(String box) implements PublishedNames {
  @Override
  public boolean isSettled() {
    return true;
  }

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public Name of(int boot) {
    return new Name(box, boot);
  }

  @Override
  public int teller(Event event) {
    return event.boot();
  }

  @Override
  public String mark(Event event) {
    return Integer.toString(event.number());
  }

  @Override
  public String seal(String hash, int boot) {
    return hash;
  }
}
