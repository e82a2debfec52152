package dev.streetbox.cli;

/** The exit codes of every command (the contract). */
final class Exit {
  /** Done. */
  static final int DONE = 0;

  /** The world said no: a sensor, a disk, a broker, an agent that does not run. */
  static final int WORLD = 1;

  /** Usage or configuration. */
  static final int USAGE = 2;

  /** The agent holds the buses. */
  static final int TAKEN = 3;

  /** A bug. */
  static final int BUG = 70;

  private Exit() {}
}
