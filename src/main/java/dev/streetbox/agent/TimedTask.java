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
 * Work on the side that may hang: in the kernel, in a name server, on a dead disk. Whoever waits
 * for it waits only so long; what hangs is left behind and ends with the process.
 *
 * @param <T> what comes of it
 */
public final class TimedTask<T> {
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** Begins. */
  public TimedTask(String name, Supplier<T> work) {
    DutyThread.beside(
        name,
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
  }

  /**
   * Waits for it, that long at most.
   *
   * @return empty if it still goes on
   * @throws InterruptedIOException if the thread was interrupted; the interrupt flag stays set
   */
  public Optional<T> await(Duration limit) throws InterruptedIOException {
    try {
      return Optional.of(result.get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new CompletionException("a bug on the side", e.getCause());
    } catch (InterruptedException e) {
      throw Interruption.of(e, "interrupted while waiting");
    }
  }
}
