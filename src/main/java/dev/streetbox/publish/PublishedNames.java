package dev.streetbox.publish;

import dev.streetbox.outbox.Event;
import java.time.Duration;
import java.util.Optional;

/** Assigns the names under which boots are published. Safe for every thread. */
public interface PublishedNames {
  /**
   * Holds a boot's name, which with a row's seq is the row's key.
   *
   * @param box the id in topics and messages, and the client id at the broker
   * @param boot the number in messages
   */
  record Name(String box, int boot) {}

  /** Returns whether the running boot has its name; nothing is sent before. May write to disk. */
  boolean isAssigned();

  /** Returns whether the running boot's name has expired, so that a new boot must begin. */
  boolean isExpired();

  /**
   * Returns how long the broker is to keep what it holds under a name after the box's last sign:
   * the retained state, and the session. Empty if the name does not change.
   */
  Optional<Duration> retention();

  /**
   * Returns the id that the box had on the day before, if ids change and the day is known: what
   * waits for it at the broker is taken once.
   */
  default Optional<String> formerBox() {
    return Optional.empty();
  }

  /** Returns the name of a boot, the same at each call once it is assigned. */
  Name of(int boot);

  /** Returns the boot under whose name an event is published. */
  int namingBoot(Event event);

  /** Returns the key of an event, unique among the events published under one name. */
  String eventKey(Event event);

  /** Returns the published id of an event, the same at each call once the name is assigned. */
  default String eventId(Event event) {
    Name name = of(namingBoot(event));
    return name.box() + "-" + name.boot() + "-" + eventKey(event);
  }

  /**
   * Returns the published form of a configuration's or calibration's hash. Two of them can be
   * compared only if they are published under one box id.
   *
   * @param hash the hash
   * @param boot the boot under whose name it is published
   */
  String pseudonymOf(String hash, int boot);
}
