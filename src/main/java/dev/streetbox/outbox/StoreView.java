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
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Predicate;

/**
 * A store as somebody sees it who only reads: the publisher, {@code status}, {@code outbox}, beside
 * the writer or without one. Used by the thread that opened it. Reads what was committed when each
 * method was called.
 */
public final class StoreView implements Closeable {
  /** Rows in memory at once: an hour. */
  static final int PAGE_ROWS = 3600;

  private final StoreFile file;
  private final Connection connection;

  private StoreView(StoreFile file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the store of a data folder.
   *
   * @throws IOException if there is none or it cannot be read; the message says what to do
   */
  public static StoreView open(Path dataDir) throws IOException {
    StoreFile file = StoreFile.of(dataDir);
    requireFile(file.path());
    return SqliteErrors.explained(file.path(), () -> new StoreView(file, Sqlite.read(file.path())));
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

  /** The rows of the range that are here and sound, in order of seq. */
  public List<Row> rows(Range range) throws IOException {
    return snapshot(() -> ChunkTable.rows(connection, range, new ArrayList<>()));
  }

  /** Takes pages of rows. */
  @FunctionalInterface
  public interface PageReader {
    /**
     * Takes some rows of one boot, in order of seq.
     *
     * @param rows at most an hour of them; none where the store has none any more
     * @param timeline what dates them
     */
    void take(List<Row> rows, Timeline timeline) throws IOException;
  }

  /**
   * Gives all rows that are here and sound to a reader, by boot and seq. Only a page of them is in
   * memory at once; between two pages the writer may remove rows.
   *
   * @param wanted which boots, by what dates them
   * @throws IOException if the store cannot be read on, or the reader throws it
   */
  public void eachPage(Predicate<Timeline> wanted, PageReader reader) throws IOException {
    for (StoreAccount storeAccount : accounts()) {
      Timeline timeline = timeline(storeAccount.boot());
      if (wanted.test(timeline)) {
        for (long first = 1; first <= storeAccount.sampled(); first += PAGE_ROWS) {
          Range page = new Range(storeAccount.boot(), first, first + PAGE_ROWS - 1);
          reader.take(rows(page), timeline);
        }
      }
    }
  }

  /** What dates the rows of a boot. */
  public Timeline timeline(int boot) throws IOException {
    return TimelineResolver.of(ledgers(), boot);
  }

  /** What became of every row of every boot that the store knows, the oldest boot first. */
  public List<StoreAccount> accounts() throws IOException {
    return snapshot(
        () -> {
          Inspection inspection = new Inspection(connection);
          inspection.count();
          return inspection.accounts();
        });
  }

  /**
   * How much a data folder's store holds and how much of it is still to be sent.
   *
   * @throws IOException if there is none or it cannot be read; the message says what to do
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

  /** Everything that is damaged, in words; empty if the store is sound. Reads all of it. */
  public List<String> check() throws IOException {
    return verify().damage();
  }

  /**
   * Checks every page and every row of a data folder's store, and accounts for every seq.
   *
   * @throws IOException if there is none or it cannot be read now; a damaged store is no exception
   *     but an answer
   */
  public static Verification verify(Path dataDir) throws IOException {
    try (StoreView view = open(dataDir)) {
      return view.verify();
    } catch (DamagedException e) {
      return Verification.damaged(List.of(e.getMessage()));
    }
  }

  private Verification verify() throws IOException {
    List<String> damage = new ArrayList<>();
    try {
      return snapshot(() -> new StoreCheck(connection, file).verify(damage));
    } catch (DamagedException e) {
      damage.add(e.getMessage());
      return Verification.damaged(damage);
    }
  }

  /** Reads the store as it is at one moment, whatever is written meanwhile. */
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

  /** What the store knows of each boot. */
  NavigableMap<Integer, Ledger> ledgers() throws IOException {
    return snapshot(() -> LedgerTables.ledgers(connection));
  }

  @Override
  public void close() {
    Sqlite.close(connection);
  }
}
