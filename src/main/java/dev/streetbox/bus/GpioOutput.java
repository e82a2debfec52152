package dev.streetbox.bus;

import java.io.IOException;

/** Drives one GPIO line, which is low at first. Used by one thread. */
public interface GpioOutput extends AutoCloseable {
  /**
   * Takes the line and drives it low; does nothing if this object has it already.
   *
   * @throws IOException as {@link GpioInput#open}
   */
  void open() throws IOException;

  /**
   * Sets the level.
   *
   * @throws IOException if the line cannot be set; it is to be closed then
   */
  void set(boolean high) throws IOException;

  /** Drives the line low and releases it; {@link #open} takes it again. Never throws. */
  @Override
  void close();
}
