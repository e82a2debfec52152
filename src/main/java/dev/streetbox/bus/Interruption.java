package dev.streetbox.bus;

import java.io.InterruptedIOException;

/** Turns the interrupt of a thread that waits into the exception that every wait here throws. */
public final class Interruption {
  private Interruption() {}

  /**
   * Sets the thread's interrupt flag again and returns the exception to throw.
   *
   * @param cause what was thrown at the wait
   * @param text what was interrupted, as {@code interrupted while waiting}
   */
  public static InterruptedIOException of(Exception cause, String text) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException(text);
    interrupted.initCause(cause);
    return interrupted;
  }
}
