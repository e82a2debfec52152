package dev.streetbox.mqtt;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes the reason of a loss from the thread that reads to the thread that writes, and keeps a
 * loss from Paho until CONNECT was written, because Paho waits for ever for a reader that ended
 * before.
 */
final class LossReason {
  /** How long a loss is kept from Paho while it has not sent its CONNECT. */
  private static final long HOLD_MS = 5000;

  /** How long a writer that failed waits for the reader's reason. */
  private static final long REASON_MS = 500;

  private final CompletableFuture<IOException> reason = new CompletableFuture<>();
  private final CountDownLatch written = new CountDownLatch(1);

  /** Something was written, or writing has failed. */
  void written() {
    written.countDown();
  }

  /** Reading has failed: returns once CONNECT was written, after 5 s at most. */
  void readFailed(IOException error) {
    reason.complete(error);
    try {
      boolean unused = written.await(HOLD_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns why writing has failed: what the reader was told, such as the broker's alert of TLS
   * 1.3, or the writer's own error if the reader has none within half a second.
   */
  IOException writeFailed(IOException otherwise) {
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
