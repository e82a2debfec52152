package dev.streetbox.outbox;

/** Names how a boot ended. */
enum BootState {
  /** The boot runs, or ended without a record of its end. */
  RUNNING,
  /** The boot ended in order: all its rows are durable. */
  ENDED,
  /** The boot was cut off, and a loss event declares the possible loss. */
  CUT
}
