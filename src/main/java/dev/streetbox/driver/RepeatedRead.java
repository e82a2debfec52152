package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import java.io.IOException;

/**
 * Reads a register without a checksum until two reads are the same, three times at most, so that a
 * bit that was flipped on the bus in one of them is never published. Used by the bus's thread.
 */
final class RepeatedRead {
  /** Reads one register. */
  interface Register {
    /**
     * Returns the register's content.
     *
     * @throws IOException if the part does not answer
     */
    int read() throws IOException;
  }

  private RepeatedRead() {}

  /**
   * Returns what two of at most three reads give. The register may change between two reads; the
   * third then equals the second.
   *
   * @param part the part's name, for the message
   * @throws FrameException if all three reads differ
   */
  static int of(String part, Register register) throws IOException {
    int first = register.read();
    int second = register.read();
    if (first == second) {
      return first;
    }
    int third = register.read();
    if (third != first && third != second) {
      throw new FrameException(part + ": a register reads differently each time: bad wires");
    }
    return third;
  }
}
