package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes the SQLite file of a box. Used by one thread only. After an exception the last transaction
 * has no effect, and the file can be used again after {@link #close} and {@link #open}.
 */
final class Store {
  /**
   * The log's size in bytes: an hour of commits, after which a checkpoint writes the changed pages
   * to the file. A larger log saves little; a smaller one writes the same pages more often.
   */
  /** The primary result code of an attempt to write by a connection that only reads. */
  private static final int SQLITE_READONLY = 8;

  private static final long LOG_BYTES = 512 << 10;

  private final StoreFile file;
  private final long fullLogBytes;
  private Connection connection;
  private WriteAheadLog log;

  /** Uses the store of that folder, which is not opened yet. */
  Store(Path dataDir) {
    this(dataDir, LOG_BYTES);
  }

  /** Uses a log of another size, for tests. */
  Store(Path dataDir, long fullLogBytes) {
    this.file = StoreFile.of(dataDir);
    this.fullLogBytes = fullLogBytes;
  }

  StoreFile file() {
    return file;
  }

  boolean isOpen() {
    return connection != null;
  }

  /**
   * Opens the file, makes it if it is missing, and upgrades it to the present version.
   *
   * @throws dev.streetbox.datadir.DamagedException if the file is not a store that this program can
   *     use
   * @throws NewerStoreException if a newer program wrote the file, which stays as it is
   */
  void open() throws IOException {
    file.make();
    file.requireRoom();
    explained(
        () -> {
          requireKnown();
          connection = Sqlite.write(file.path());
          new Schema().require(file.path(), connection);
          configure();
          new Schema().apply(connection);
          return null;
        });
    file.syncNames();
    log = WriteAheadLog.open(file.log(), fullLogBytes);
  }

  /**
   * Checks the version with a connection that only reads, because it changes nothing in the file of
   * a newer program. Such a connection cannot read a file with a rollback journal, as a power cut
   * in the first seconds leaves it; then the connection that writes rolls the journal back.
   */
  private void requireKnown() throws SQLException, IOException {
    try {
      Sqlite.close(Sqlite.readKnown(file.path()));
    } catch (SQLException e) {
      if ((e.getErrorCode() & 0xff) != SQLITE_READONLY) {
        throw e;
      }
    }
  }

  private void configure() throws SQLException {
    // Pages are small because a commit changes three of them and writes each completely to the log.
    // The size must be set before the first table is created.
    run("PRAGMA page_size = 512");
    // WAL allows readers beside the writer, and a commit is one write to one file.
    run("PRAGMA journal_mode = WAL");
    // SQLite syncs around checkpoints, and write() syncs each commit by fdatasync; together this is
    // as durable as FULL. FULL in this build of SQLite calls fsync, which makes ext4 write its
    // journal for the log's time stamp each time: 1.5 MB/h more (src/bench/README.md).
    run("PRAGMA synchronous = NORMAL");
    // checkpoint() decides when, because each checkpoint writes every changed page a second time.
    run("PRAGMA wal_autocheckpoint = 0");
    // A log that grew is truncated to its former size.
    run("PRAGMA journal_size_limit = " + fullLogBytes);
    // Overwriting deleted rows with zeros would write each page.
    run("PRAGMA secure_delete = OFF");
  }

  /** Reads ledgers and events. */
  StoreContent load() throws IOException {
    return explained(
        () -> new StoreContent(LedgerTables.ledgers(connection), EventTable.events(connection)));
  }

  /** Returns whether the file has a committed record of that boot. */
  boolean contains(int boot) throws IOException {
    return number("SELECT count(*) FROM boot WHERE boot = " + boot) == 1;
  }

  /** Makes a commit and its removals durable in one transaction. */
  void write(Commit commit, Removal removal) throws IOException {
    explained(
        () -> {
          run("BEGIN IMMEDIATE");
          insert(commit.rows());
          for (LedgerChanges changes : commit.ledgers()) {
            LedgerTables.save(connection, changes);
          }
          for (Event event : commit.events()) {
            EventTable.save(connection, event);
          }
          for (Event event : commit.sent()) {
            EventTable.delete(connection, event);
          }
          delete(removal);
          run("COMMIT");
          log.force();
          return null;
        });
  }

  private void insert(List<Row> rows) throws SQLException, IOException {
    for (int i = 0; i < rows.size(); i += Chunk.MOST_ROWS) {
      List<Row> some = rows.subList(i, Math.min(i + Chunk.MOST_ROWS, rows.size()));
      ChunkTable.insert(connection, new Chunk(some.get(0).boot(), some));
    }
  }

  private void delete(Removal removal) throws SQLException {
    for (Range range : removal.chunks()) {
      ChunkTable.delete(connection, range);
    }
    for (int boot : removal.boots()) {
      LedgerTables.delete(connection, boot);
    }
  }

  /** Lists the oldest chunks whose rows are all within the range. */
  List<ChunkInfo> chunks(Range range, int limit) throws IOException {
    return explained(() -> ChunkTable.within(connection, range, limit));
  }

  /** Lists the oldest chunks of all boots. */
  List<ChunkInfo> oldest(int limit) throws IOException {
    return explained(() -> ChunkTable.oldest(connection, limit));
  }

  /** Returns the bytes in use: pages of the file, and the log. */
  long usedBytes() throws IOException {
    long pages = number("PRAGMA page_count") - number("PRAGMA freelist_count");
    return pages * number("PRAGMA page_size") + log.bytes();
  }

  /** Returns the log's size in bytes. */
  long logBytes() throws IOException {
    return log.bytes();
  }

  /**
   * Moves committed pages from the log to the file if the log is over its size, as far as readers
   * allow. The next commit then starts at the beginning of the log.
   */
  void checkpoint() throws IOException {
    if (log.isOutgrown()) {
      explained(
          () -> {
            run("PRAGMA wal_checkpoint(PASSIVE)");
            return null;
          });
    }
  }

  /** Closes the file in any state. */
  void close() {
    if (connection != null) {
      Sqlite.close(connection);
      connection = null;
    }
    if (log != null) {
      log.close();
      log = null;
    }
  }

  private void run(String sql) throws SQLException {
    Sqlite.run(connection, sql);
  }

  private long number(String sql) throws IOException {
    return explained(() -> Sqlite.number(connection, sql));
  }

  private <T> T explained(SqlWork<T> work) throws IOException {
    return SqliteErrors.explained(file.path(), work);
  }
}
