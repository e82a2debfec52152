package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.datadir.PrivateFiles;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;

/**
 * The SQLite file of a box, as the one thread that writes it sees it. After an exception the last
 * transaction counts for nothing; {@link #close} and {@link #open} begin afresh.
 */
final class Store {
  /** What an SSH user gives to {@code sqlite3}. */
  static final String NAME = "outbox.db";

  /**
   * The log's size, in bytes: an hour of commits, after which all pages that they changed are
   * written to the file itself. Larger would save little, smaller writes the same pages more often.
   */
  private static final long LOG_BYTES = 512 << 10;

  /**
   * What a store has.
   *
   * @param ledgers by boot
   * @param events those that the broker does not have
   */
  record Content(NavigableMap<Integer, Ledger> ledgers, List<Event> events) {}

  private final Path file;
  private final long fullLogBytes;
  private Connection connection;
  private FileChannel log;

  /** A store in that folder, not open yet. */
  Store(Path dataDir) {
    this(dataDir, LOG_BYTES);
  }

  /** A store with a log of another size, for tests that have no hour. */
  Store(Path dataDir, long fullLogBytes) {
    this.file = dataDir.resolve(NAME);
    this.fullLogBytes = fullLogBytes;
  }

  boolean isOpen() {
    return connection != null;
  }

  /**
   * Opens the file, makes it if it is missing, brings it to the present version.
   *
   * @throws DamagedException if the file is not a store that this program can use
   */
  void open() throws IOException {
    PrivateFiles.folder(file.getParent());
    PrivateFiles.file(file);
    try {
      connection = Sqlite.write(file);
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
      new Schema().apply(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
    PrivateFiles.sync(file.getParent());
    log = FileChannel.open(logFile(), StandardOpenOption.WRITE);
    fillLog();
  }

  /**
   * Writes the log to its full size ahead of use. A commit then overwrites blocks that the file has
   * already, and the file system has nothing of its own to write. SQLite takes zeros after its last
   * frame for the end.
   */
  private void fillLog() throws IOException {
    long size = log.size();
    if (size < fullLogBytes) {
      log.write(ByteBuffer.allocate((int) (fullLogBytes - size)), size);
      log.force(true);
    }
  }

  /** Everything but the rows. */
  Content load() throws IOException {
    try {
      return new Content(LedgerTables.ledgers(connection), LedgerTables.events(connection));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Whether that boot has been committed here: if not, this is not the file that it was. */
  boolean knows(int boot) throws IOException {
    try {
      return Sqlite.number(connection, "SELECT count(*) FROM boot WHERE boot = " + boot) == 1;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Checks that the open file is still the one of that name: SQLite would not notice, and go on
   * writing into a file without a name until the power goes.
   *
   * @throws IOException if it is gone
   */
  void requireFile() throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + " was removed while it was open: a new one is begun");
    }
  }

  /** Makes all of it durable, or nothing. */
  void write(Commit commit, Trim.Removal removal) throws IOException {
    try {
      run("BEGIN IMMEDIATE");
      for (int i = 0; i < commit.rows().size(); i += Chunk.MOST_ROWS) {
        List<Row> rows =
            commit.rows().subList(i, Math.min(i + Chunk.MOST_ROWS, commit.rows().size()));
        ChunkTable.insert(connection, new Chunk(rows.get(0).boot(), rows));
      }
      for (Ledger.Page page : commit.pages()) {
        LedgerTables.save(connection, page);
      }
      for (Event event : commit.events()) {
        LedgerTables.save(connection, event);
      }
      for (Event event : commit.sent()) {
        LedgerTables.delete(connection, event);
      }
      for (Range range : removal.chunks()) {
        ChunkTable.delete(connection, range);
      }
      for (int boot : removal.boots()) {
        LedgerTables.delete(connection, boot);
      }
      run("COMMIT");
      log.force(false);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The oldest chunks that lie wholly within the range. */
  List<ChunkTable.Held> chunks(Range range, int limit) throws IOException {
    try {
      return ChunkTable.within(connection, range, limit);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The oldest chunks of all. */
  List<ChunkTable.Held> oldest(int limit) throws IOException {
    try {
      return ChunkTable.oldest(connection, limit);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** What the store needs on disk: pages in use, and the log beside it. */
  long usedBytes() throws IOException {
    try {
      long pages =
          Sqlite.number(connection, "PRAGMA page_count")
              - Sqlite.number(connection, "PRAGMA freelist_count");
      return pages * Sqlite.number(connection, "PRAGMA page_size") + logBytes();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** What the file takes on disk, without the log. */
  long fileBytes() throws IOException {
    return Files.size(file);
  }

  /** What the disk has left for this user. */
  long usableBytes() {
    return file.toFile().getUsableSpace();
  }

  /** What the log takes on disk. */
  long logBytes() throws IOException {
    return log.size();
  }

  private Path logFile() {
    return file.resolveSibling(NAME + "-wal");
  }

  /**
   * Moves what was committed from the log into the file, as far as no reader is in the way, if the
   * log has outgrown its size. The next commit then begins at its start again.
   */
  void checkpoint() throws IOException {
    if (logBytes() > fullLogBytes) {
      try {
        run("PRAGMA wal_checkpoint(PASSIVE)");
      } catch (SQLException e) {
        throw failed(e);
      }
    }
  }

  /** Closes it, whatever state it is in. */
  void close() {
    if (connection != null) {
      Sqlite.close(connection);
      connection = null;
    }
    if (log != null) {
      try {
        log.close();
      } catch (IOException e) {
        // Nothing is written through it that is not forced.
      }
      log = null;
    }
  }

  /** Puts a damaged file aside under another name, so that {@link #open} begins a new one. */
  void setAside(int boot) throws IOException {
    close();
    String name = NAME + ".damaged-" + boot;
    for (int n = 2; Files.exists(file.resolveSibling(name)); n++) {
      name = NAME + ".damaged-" + boot + "-" + n;
    }
    // The file first: a log without its file is discarded by SQLite, the reverse would be believed.
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path part = file.resolveSibling(NAME + suffix);
      if (Files.exists(part)) {
        Files.move(part, file.resolveSibling(name + suffix));
      }
    }
    PrivateFiles.sync(file.getParent());
  }

  private void run(String sql) throws SQLException {
    Sqlite.run(connection, sql);
  }

  private IOException failed(SQLException e) {
    return Sqlite.explain(file, e);
  }
}
