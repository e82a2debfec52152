package dev.streetbox.agent;

import dev.streetbox.bus.Interruption;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs work on a thread of its own that may hang in the kernel, in name resolution or on a broken
 * disk. Waiting for its result is limited in time; work that hangs is abandoned and ends with the
 * process.
 *
 * @param <T> the result
 */
public final class TimedTask<T> {
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** Starts the work on a daemon thread of that name. */
  public TimedTask(String name, Supplier<T> work) {
    DutyThread.startDaemon(
        name,
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
  }

  /** Returns whether the work has ended, with a result or an error. */
  boolean isDone() {
    return result.isDone();
  }

  /**
   * Waits for the result, that long at most.
   *
   * @return empty if the work still runs
   * @throws InterruptedIOException if the thread was interrupted; the interrupt flag stays set
   */
  public Optional<T> await(Duration limit) throws InterruptedIOException {
    try {
      return Optional.of(result.get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new CompletionException("a bug in a timed task", e.getCause());
    } catch (InterruptedException e) {
      throw Interruption.of(e, "interrupted while waiting");
    }
  }
}
