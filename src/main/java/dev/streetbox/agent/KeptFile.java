package dev.streetbox.agent;

import java.time.Duration;

/** What a part needs to find again after a restart, in a small file, as the duty that writes it. */
interface KeptFile {
  /** What it is called among the duties and in faults. */
  String name();

  /** Reads the file at first; later writes what is new. */
  Duration cycle();

  /** Writes what is new. */
  void close();
}
