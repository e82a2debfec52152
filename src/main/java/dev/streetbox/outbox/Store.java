package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes the SQLite file of a box. Used by the one thread that writes it. After an exception the
 * last transaction counts for nothing; {@link #close} and {@link #open} begin afresh.
 */
final class Store {
  /**
   * The log's size, in bytes: an hour of commits, after which all pages that they changed are
   * written to the file itself. Larger would save little, smaller writes the same pages more often.
   */
  private static final long LOG_BYTES = 512 << 10;

  private final StoreFile file;
  private final long fullLogBytes;
  private Connection connection;
  private WriteAheadLog log;

  /** Names the store in that folder, which is not open yet. */
  Store(Path dataDir) {
    this(dataDir, LOG_BYTES);
  }

  /** Names a store with a log of another size, for tests that have no hour. */
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
   * Opens the file, makes it if it is missing, brings it to the present version.
   *
   * @throws dev.streetbox.datadir.DamagedException if the file is not a store that this program can
   *     use
   */
  void open() throws IOException {
    file.make();
    explained(
        () -> {
          connection = Sqlite.write(file.path());
          configure();
          new Schema().apply(connection);
          return null;
        });
    file.syncNames();
    log = WriteAheadLog.open(file.log(), fullLogBytes);
  }

  private void configure() throws SQLException {
    // Small pages: a commit changes three, and each is written to the log as a whole. To be set
    // before the first table.
    run("PRAGMA page_size = 512");
    // Readers beside the writer, and a commit is one write to one file.
    run("PRAGMA journal_mode = WAL");
    // SQLite syncs around checkpoints, and write() syncs each commit: together what FULL does,
    // but with fdatasync. FULL in this build of SQLite means fsync, which makes ext4 write its
    // journal for the log's time stamp each time: 1.5 MB/h more (src/bench/README.md).
    run("PRAGMA synchronous = NORMAL");
    // Checkpoints are ours to time: each one writes every changed page a second time.
    run("PRAGMA wal_autocheckpoint = 0");
    // A log that had to grow is cut back to what it was.
    run("PRAGMA journal_size_limit = " + fullLogBytes);
    // Deleted rows need not be overwritten with zeros: that would be a write per page.
    run("PRAGMA secure_delete = OFF");
  }

  /** Reads everything but the rows. */
  StoreContent load() throws IOException {
    return explained(
        () -> new StoreContent(LedgerTables.ledgers(connection), EventTable.events(connection)));
  }

  /** Tells whether that boot has been committed here: if not, this is not the file that it was. */
  boolean knows(int boot) throws IOException {
    return number("SELECT count(*) FROM boot WHERE boot = " + boot) == 1;
  }

  /** Makes all of it durable, or nothing. */
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

  /** Lists the oldest chunks that lie wholly within the range. */
  List<ChunkTable.ChunkInfo> chunks(Range range, int limit) throws IOException {
    return explained(() -> ChunkTable.within(connection, range, limit));
  }

  /** Lists the oldest chunks of all. */
  List<ChunkTable.ChunkInfo> oldest(int limit) throws IOException {
    return explained(() -> ChunkTable.oldest(connection, limit));
  }

  /** Returns what the store needs on disk, in bytes: pages in use, and the log beside it. */
  long usedBytes() throws IOException {
    long pages = number("PRAGMA page_count") - number("PRAGMA freelist_count");
    return pages * number("PRAGMA page_size") + log.bytes();
  }

  /** Returns what the log takes on disk, in bytes. */
  long logBytes() throws IOException {
    return log.bytes();
  }

  /**
   * Moves what was committed from the log into the file, as far as no reader is in the way, if the
   * log has outgrown its size. The next commit then begins at its start again.
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

  /** Closes it, whatever state it is in. */
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
