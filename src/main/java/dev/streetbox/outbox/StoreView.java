package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Seqs;
import dev.streetbox.measure.Timeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;

/**
 * A store as somebody sees it who only reads: the publisher, {@code status}, {@code outbox}, beside
 * the writer or without one. Used by the thread that opened it. Each method reads what was
 * committed when it was called.
 */
public final class StoreView implements Closeable {
  private final Path file;
  private final Connection connection;

  private StoreView(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the store of a data folder.
   *
   * @throws IOException if there is none or it cannot be read; the message says what to do
   */
  public static StoreView open(Path dataDir) throws IOException {
    Path file = dataDir.resolve(Store.NAME);
    if (!Files.exists(file)) {
      throw new IOException(file + " does not exist: nothing has been stored here yet");
    }
    try {
      return new StoreView(file, Sqlite.read(file));
    } catch (SQLException e) {
      throw Sqlite.explain(file, e);
    }
  }

  /** The rows of the range that are here and sound, in order of seq. */
  public List<Row> rows(Range range) throws IOException {
    return read(() -> ChunkTable.rows(connection, range, new ArrayList<>()));
  }

  /** What dates the rows of a boot. */
  public Timeline timeline(int boot) throws IOException {
    return Dating.of(ledgers(), boot);
  }

  /** What became of every row of every boot that the store knows, the oldest boot first. */
  public List<Account> accounts() throws IOException {
    return read(
        () -> {
          List<Account> accounts = new ArrayList<>();
          for (Ledger ledger : LedgerTables.ledgers(connection).values()) {
            accounts.add(account(ledger));
          }
          return accounts;
        });
  }

  private Account account(Ledger ledger) throws SQLException, IOException {
    Seqs stored = new Seqs(ledger.boot());
    chunks(ledger).forEach(held -> stored.add(held.range().first(), held.range().last()));
    long unexplained =
        ledger.settled().gaps(1, ledger.last()).stream()
            .flatMap(gap -> stored.gaps(gap.first(), gap.last()).stream())
            .mapToLong(Range::size)
            .sum();
    return new Account(
        ledger.boot(),
        ledger.last(),
        stored.size(),
        ledger.acknowledged().size(),
        ledger.drops(),
        ledger.state() == Ledger.State.CUT
            ? OptionalLong.of(ledger.last() + 1)
            : OptionalLong.empty(),
        unexplained);
  }

  private List<ChunkTable.Held> chunks(Ledger ledger) throws SQLException, IOException {
    Range all = new Range(ledger.boot(), 1, Chunk.LAST_SEQ);
    return ChunkTable.within(connection, all, Integer.MAX_VALUE);
  }

  /** Everything that is damaged, in words; empty if the store is sound. Reads all of it. */
  public List<String> check() {
    List<String> damage = new ArrayList<>();
    try {
      read(() -> check(damage));
    } catch (IOException e) {
      damage.add(e.getMessage());
    }
    return damage;
  }

  private List<String> check(List<String> damage) throws SQLException, IOException {
    try (PreparedStatement check = connection.prepareStatement("PRAGMA integrity_check");
        ResultSet result = check.executeQuery()) {
      while (result.next()) {
        damage.add(result.getString(1));
      }
    }
    damage.remove("ok");
    LedgerTables.events(connection);
    for (Ledger ledger : LedgerTables.ledgers(connection).values()) {
      for (ChunkTable.Held held : chunks(ledger)) {
        ChunkTable.rows(connection, held.range(), damage);
      }
    }
    return damage;
  }

  /** What the store knows of each boot. */
  NavigableMap<Integer, Ledger> ledgers() throws IOException {
    return read(() -> LedgerTables.ledgers(connection));
  }

  private interface Query<T> {
    T run() throws SQLException, IOException;
  }

  /** Reads the store as it is at one moment, whatever the writer does meanwhile. */
  private <T> T read(Query<T> query) throws IOException {
    try {
      Sqlite.run(connection, "BEGIN");
      try {
        return query.run();
      } finally {
        Sqlite.run(connection, "ROLLBACK");
      }
    } catch (SQLException e) {
      throw Sqlite.explain(file, e);
    }
  }

  /** Closes the connection. */
  @Override
  public void close() {
    Sqlite.close(connection);
  }
}
