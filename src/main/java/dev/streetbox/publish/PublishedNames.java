package dev.streetbox.publish;

import dev.streetbox.outbox.Event;

/** Under which names boots are published. Safe for every thread. */
public interface PublishedNames {
  /**
   * A boot's name: with a row's seq the row's key.
   *
   * @param box the id in topics and messages, and the client id at the broker
   * @param boot the number in messages
   */
  record Name(String box, int boot) {}

  /** Whether the running boot has its name; nothing may be sent before. May touch the disk. */
  boolean isSettled();

  /** Whether the running boot has had its name for long enough: another boot is to begin. */
  boolean isOver();

  /** The name of a boot, always the same. */
  Name of(int boot);

  /** The boot in whose name an event is told. */
  int teller(Event event);

  /** What tells an event from all others of its teller. */
  String mark(Event event);

  /**
   * What tells one configuration or calibration from another among those of a boot's name, and
   * nothing besides.
   */
  String seal(String hash, int boot);
}
