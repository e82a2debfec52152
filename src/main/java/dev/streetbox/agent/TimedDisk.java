package dev.streetbox.agent;

import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.UnansweredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Limits the wait for a disk: work runs on a thread of its own, and work that hangs is abandoned.
 * While it hangs, further work fails at once. Safe for every thread.
 */
final class TimedDisk implements Disk {
  /** Limits the wait while a box starts; systemd gives a start 120 s. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Limits the wait of the main thread while the box runs, so that its other work is not late. */
  static final Duration SHORT_PATIENCE = Duration.ofSeconds(2);

  private final Duration patience;
  private Optional<TimedTask<?>> overdue = Optional.empty();

  /**
   * @param patience the longest wait for one piece of work, in real time
   */
  TimedDisk(Duration patience) {
    this.patience = patience;
  }

  @Override
  public <T> T call(Work<T> work) throws IOException {
    requireAnswer();
    TimedTask<T> task = new TimedTask<>("disk", () -> unchecked(work));
    try {
      Optional<T> result = task.await(patience);
      if (result.isPresent()) {
        return result.get();
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException known) {
        throw known.getCause();
      }
      throw e;
    }
    synchronized (this) {
      overdue = Optional.of(task);
    }
    throw new UnansweredException();
  }

  private synchronized void requireAnswer() throws IOException {
    if (overdue.isPresent() && !overdue.get().isDone()) {
      throw new UnansweredException();
    }
    overdue = Optional.empty();
  }

  private static <T> T unchecked(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
