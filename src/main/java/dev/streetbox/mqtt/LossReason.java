package dev.streetbox.mqtt;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes the cause of a loss from the reading thread to the writing thread, and delays the reading
 * thread's error until CONNECT was written, because Paho 1.2.5 waits forever if its reader ends
 * before. Safe for every thread.
 */
final class LossReason {
  /** Limits the delay of a read error until CONNECT was written, in ms. */
  private static final long HOLD_MS = 5000;

  /** Limits the wait of a writer for the reader's error, in ms. */
  private static final long REASON_MS = 500;

  private final CompletableFuture<IOException> reason = new CompletableFuture<>();
  private final CountDownLatch onWritten = new CountDownLatch(1);

  /** Notes that the first write has ended, with or without an error. */
  void onWritten() {
    onWritten.countDown();
  }

  /** Keeps the error of a read and waits until CONNECT was written, 5 s at most. */
  void onReadError(IOException error) {
    reason.complete(error);
    try {
      boolean unused = onWritten.await(HOLD_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns the error to report for a write: the reader's, such as an alert of TLS 1.3, because it
   * names the cause; or the writer's own if the reader has none within 0.5 s.
   */
  IOException reasonOf(IOException otherwise) {
    try {
      return reason.get(REASON_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    } catch (ExecutionException | TimeoutException e) {
      return otherwise;
    }
  }
}
