package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.datadir.UnansweredException;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Seqs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads stored rows on the thread of a duty of its own, so that a disk that does not answer delays
 * the caller by a limited time only. Without that thread the caller's thread reads.
 */
public final class RowReader {
  /** Limits the caller's wait, in real time: a worn card answers within a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Limits one cycle without a request, in real time. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** Reads rows from the disk. */
  @FunctionalInterface
  interface Source {
    /** Returns the readable rows of a range, in order of seq. */
    List<Row> read(Range range) throws IOException;

    /**
     * Returns which rows of some ranges of one boot are stored.
     *
     * @param ranges disjoint, the lowest first
     * @param limit ends the search after that many rows
     */
    default List<Range> stored(List<Range> ranges, long limit) throws IOException {
      List<Range> found = new ArrayList<>();
      for (Range range : ranges) {
        Seqs seqs = new Seqs(range.boot());
        read(range).forEach(row -> seqs.add(row.seq(), row.seq()));
        found.addAll(seqs.ranges());
      }
      return found;
    }
  }

  /** Reads the store of a data folder through a connection of its own each time. */
  private record StoredRows(Path dataDir) implements Source {
    @Override
    public List<Row> read(Range range) throws IOException {
      return inView(view -> view.rows(range));
    }

    @Override
    public List<Range> stored(List<Range> ranges, long limit) throws IOException {
      return inView(view -> view.stored(ranges, limit));
    }

    private <T> List<T> inView(Inquiry<T> reading) throws IOException {
      try (StoreView view = StoreView.open(dataDir)) {
        return reading.of(view);
      } catch (DamagedException e) {
        // Damaged rows stay unreadable, so the batch goes without them and declares them.
        return List.of();
      }
    }

    /** Asks an open store for something. */
    private interface Inquiry<T> {
      List<T> of(StoreView view) throws IOException;
    }
  }

  private final Source source;
  private final Duration patience;
  private final BlockingQueue<FutureTask<?>> requests = new LinkedBlockingQueue<>();
  private volatile Optional<FutureTask<?>> overdue = Optional.empty();
  private volatile boolean served;

  /** Reads the store of a data folder. */
  RowReader(Path dataDir) {
    this(new StoredRows(dataDir), PATIENCE);
  }

  /** Reads another source, for tests. */
  RowReader(Source source, Duration patience) {
    this.source = source;
    this.patience = patience;
  }

  /** Declares that a thread calls {@link #cycle} from now on. */
  public void serve() {
    served = true;
  }

  /** Waits for the next request, and reads its rows; used by one thread. */
  public Duration cycle() throws InterruptedIOException {
    try {
      FutureTask<?> next = requests.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      if (next != null) {
        next.run();
      }
      return Duration.ZERO;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  /** Ends the wait of a {@link #cycle} without a request; callable by any thread. */
  public void wake() {
    requests.add(new FutureTask<>(List::of));
  }

  /** Declares that no thread calls {@link #cycle} any more. */
  public void close() {
    served = false;
  }

  /**
   * Returns whether the last request has not been answered yet, because the disk does not answer.
   */
  boolean isBlocked() {
    return overdue.map(request -> !request.isDone()).orElse(false);
  }

  /**
   * Reads the readable rows of a range, in order of seq.
   *
   * @throws IOException if the store cannot be read, or does not answer in time; while a request is
   *     unanswered, further ones fail at once
   */
  List<Row> read(Range range) throws IOException {
    return ask(() -> source.read(range));
  }

  /**
   * Returns which rows of some ranges of one boot are stored.
   *
   * @param limit ends the search after that many rows
   * @throws IOException as {@link #read} does
   */
  List<Range> stored(List<Range> ranges, long limit) throws IOException {
    return ask(() -> source.stored(ranges, limit));
  }

  /** Asks the source for something. */
  private interface Question<T> {
    T answer() throws IOException;
  }

  private synchronized <T> T ask(Question<T> question) throws IOException {
    if (!served) {
      return question.answer();
    }
    if (isBlocked()) {
      throw new UnansweredException();
    }
    FutureTask<T> request = new FutureTask<>(question::answer);
    requests.add(request);
    try {
      return request.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      overdue = Optional.of(request);
      throw new UnansweredException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    InterruptedIOException error = new InterruptedIOException("interrupted while reading rows");
    error.initCause(cause);
    return error;
  }

  private static IOException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof IOException known) {
      return known;
    }
    throw new IllegalStateException("while reading rows", e.getCause());
  }
}
