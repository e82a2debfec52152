package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Timeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Reads a store, with or without a writer beside it, for the publisher and for the commands {@code
 * status} and {@code outbox}. Used by the thread that opened it. Each method reads what is
 * committed when it is called.
 */
public final class StoreView implements Closeable {
  /** Smaller blocks of the file system, in bytes, make SQLite end the process on a full disk. */
  public static final long LEAST_BLOCK_BYTES = StoreFile.PAGE_BYTES;

  /** Rows in memory at once: ten minutes. */
  static final int PAGE_ROWS = 600;

  private final StoreFile file;
  private final Connection connection;

  private StoreView(StoreFile file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the store of a data folder.
   *
   * @throws IOException if there is no store or it cannot be read; the message names a remedy
   */
  public static StoreView open(Path dataDir) throws IOException {
    StoreFile file = StoreFile.of(dataDir);
    requireFile(file.path());
    file.requireRoom();
    return SqliteErrors.explained(
        file.path(),
        () -> {
          Connection connection = Sqlite.readKnown(file.path());
          if (isEmpty(connection)) {
            Sqlite.close(connection);
            throw new IOException(
                file.path() + " is empty: nothing has been stored here yet. Try: streetbox status");
          }
          return new StoreView(file, connection);
        });
  }

  /** Returns whether the store has no table, because the power was cut while it was made. */
  private static boolean isEmpty(Connection connection) throws SQLException {
    return Sqlite.number(connection, "PRAGMA user_version") == 0
        && Sqlite.number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  private static void requireFile(Path file) throws IOException {
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
    } catch (AccessDeniedException e) {
      throw new IOException(
          file + " may not be read by this user: it says where people were. Try it with sudo", e);
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + " does not exist: nothing has been stored here yet. Try: streetbox status", e);
    }
  }

  /** Reads the stored, undamaged rows of the range, in order of seq. */
  public List<Row> rows(Range range) throws IOException {
    return snapshot(() -> ChunkTable.rows(connection, range, new ArrayList<>()));
  }

  /**
   * Returns which rows of some ranges of one boot are stored, damaged ones included.
   *
   * @param ranges disjoint, the lowest first
   * @param limit ends the search after that many rows
   */
  List<Range> stored(List<Range> ranges, long limit) throws IOException {
    return snapshot(() -> ChunkTable.stored(connection, ranges, limit));
  }

  /** Receives pages of rows. */
  @FunctionalInterface
  public interface PageReader {
    /**
     * Receives rows of one boot, in order of seq.
     *
     * @param rows at most {@link #PAGE_ROWS}; empty where the store has no row any more
     * @param timeline dates the rows
     */
    void take(List<Row> rows, Timeline timeline) throws IOException;
  }

  /**
   * Passes the stored, undamaged rows of a period to a reader, by boot and seq. Chunks outside the
   * period are not unpacked. One page is in memory at a time; the writer may delete rows between
   * two pages.
   *
   * @param from the first instant of the period
   * @param to the first instant after the period
   * @throws IOException if the store cannot be read, or the reader throws
   */
  public void eachPage(Instant from, Instant to, PageReader reader) throws IOException {
    NavigableMap<Integer, Ledger> ledgers = ledgers();
    for (Ledger ledger : ledgers.values()) {
      Timeline timeline = TimelineResolver.of(ledgers, ledger.boot());
      LongPredicate sinceFrom = tickMs -> !utc(timeline, tickMs).isBefore(from);
      LongPredicate sinceTo = tickMs -> !utc(timeline, tickMs).isBefore(to);
      Optional<Range> rows = snapshot(() -> rowsBetween(ledger, sinceFrom, sinceTo));
      if (rows.isPresent()) {
        eachPage(
            rows.get(),
            page -> {
              page.removeIf(row -> !sinceFrom.test(row.tickMs()) || sinceTo.test(row.tickMs()));
              reader.take(page, timeline);
            });
      }
    }
  }

  private interface Pages {
    void take(List<Row> page) throws IOException;
  }

  private void eachPage(Range rows, Pages reader) throws IOException {
    for (long first = rows.first(); first <= rows.last(); first += PAGE_ROWS) {
      long last = Math.min(rows.last(), first + PAGE_ROWS - 1);
      reader.take(new ArrayList<>(rows(new Range(rows.boot(), first, last))));
    }
  }

  private static Instant utc(Timeline timeline, long tickMs) {
    return Instant.ofEpochMilli(timeline.utcMs(tickMs));
  }

  /** Returns the rows of the chunks that may have rows of the period. */
  private Optional<Range> rowsBetween(Ledger ledger, LongPredicate sinceFrom, LongPredicate sinceTo)
      throws SQLException, IOException {
    if (ledger.last() == 0) {
      return Optional.empty();
    }
    Range all = new Range(ledger.boot(), 1, ledger.last());
    long first = ChunkTable.firstSince(connection, all, sinceFrom);
    long end = ChunkTable.firstSince(connection, all, sinceTo);
    long last = Math.min(all.last(), end + Chunk.MOST_ROWS - 1);
    return first <= last ? Optional.of(new Range(all.boot(), first, last)) : Optional.empty();
  }

  /** Returns the timeline of a boot. */
  public Timeline timeline(int boot) throws IOException {
    return TimelineResolver.of(ledgers(), boot);
  }

  /** Returns the account of every stored boot, the oldest first. */
  public List<StoreAccount> accounts() throws IOException {
    return snapshot(
        () -> {
          Inspection inspection = new Inspection(connection);
          inspection.count();
          return inspection.accounts();
        });
  }

  /**
   * Measures how much a data folder's store holds and how much of that is unsent.
   *
   * @throws IOException if there is no store or it cannot be read; the message names a remedy
   */
  public static Depth depth(Path dataDir) throws IOException {
    try (StoreView view = open(dataDir)) {
      return view.snapshot(view::measure);
    } catch (DamagedException e) {
      throw new IOException(e.getMessage() + ". Try: streetbox outbox verify", e);
    }
  }

  private Depth measure() throws SQLException, IOException {
    Inspection inspection = new Inspection(connection);
    inspection.count();
    return new Depth(
        file.bytes(), file.logBytes(), EventTable.events(connection).size(), inspection.depths());
  }

  /** Reads the whole store and describes all damage; empty if the store is sound. */
  public List<String> check() throws IOException {
    return verify().corruption();
  }

  /**
   * Checks every page and every row of a data folder's store, and accounts for every seq.
   *
   * @throws IOException if there is no store or it cannot be read now; damage is part of the result
   */
  public static Verification verify(Path dataDir) throws IOException {
    try (StoreView view = open(dataDir)) {
      return view.verify();
    } catch (DamagedException e) {
      return Verification.damaged(List.of(e.getMessage()));
    }
  }

  private Verification verify() throws IOException {
    List<String> corruption = new ArrayList<>();
    try {
      return snapshot(() -> new StoreCheck(connection, file).verify(corruption));
    } catch (DamagedException e) {
      corruption.add(e.getMessage());
      return Verification.damaged(corruption);
    }
  }

  /** Runs queries in one read transaction. */
  private <T> T snapshot(SqlWork<T> reading) throws IOException {
    return SqliteErrors.explained(
        file.path(),
        () -> {
          Sqlite.run(connection, "BEGIN");
          try {
            return reading.run();
          } finally {
            Sqlite.endRead(connection);
          }
        });
  }

  /** Reads the ledgers by boot. */
  NavigableMap<Integer, Ledger> ledgers() throws IOException {
    return snapshot(() -> LedgerTables.ledgers(connection));
  }

  @Override
  public void close() {
    Sqlite.close(connection);
  }
}
