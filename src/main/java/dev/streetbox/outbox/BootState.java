package dev.streetbox.outbox;

/** How a boot went. */
enum BootState {
  /** It goes on, or ended without anybody seeing it. */
  RUNNING,
  /** It ended as it should: all its rows are durable. */
  ENDED,
  /** It was cut off, and the loss is declared. */
  CUT
}
