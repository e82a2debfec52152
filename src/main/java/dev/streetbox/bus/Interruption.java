package dev.streetbox.bus;

import java.io.InterruptedIOException;

/**
 * Converts the interrupt of a waiting thread into the exception that every wait of this program
 * throws.
 */
public final class Interruption {
  private Interruption() {}

  /**
   * Sets the thread's interrupt flag again and returns the exception to throw.
   *
   * @param cause the exception of the wait
   * @param text the message, as {@code interrupted while waiting}
   */
  public static InterruptedIOException of(Exception cause, String text) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException(text);
    interrupted.initCause(cause);
    return interrupted;
  }
}
