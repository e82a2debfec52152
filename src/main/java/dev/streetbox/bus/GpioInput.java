package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Reads one GPIO line with a pull-up: high while nothing is connected, low while a switch connects
 * it to ground. Used by one thread.
 */
public interface GpioInput extends AutoCloseable {
  /**
   * Holds a change of the level.
   *
   * @param ageMs how long ago the level changed, in ms
   * @param high the level from then on
   */
  record Edge(long ageMs, boolean high) {}

  /**
   * Takes the line; does nothing if this object has it already.
   *
   * @throws IOException if there is no GPIO chip or library, this user may not open the chip, or
   *     another program has the line; the message says which, and what to do
   */
  void open() throws IOException;

  /**
   * Waits for the next change of the level, and returns the changes since the last call in order.
   * The first call after {@link #open} returns the present level at once. A change that the kernel
   * did not report is returned by a later call, because the level is read after each wait.
   *
   * @param timeout the longest wait; implementations may return earlier with an empty list
   * @throws IOException if the line cannot be read; it is to be closed then
   */
  List<Edge> await(Duration timeout) throws IOException;

  /** Releases the line; {@link #open} takes it again. Never throws. */
  @Override
  void close();
}
