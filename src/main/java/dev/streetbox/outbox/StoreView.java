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
 * the writer or without one. Used by the thread that opened it. Reads what was committed when each
 * method was called.
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
    try {
      return ChunkTable.rows(connection, range, new ArrayList<>());
    } catch (SQLException e) {
      throw Sqlite.explain(file, e);
    }
  }

  /** What dates the rows of a boot. */
  public Timeline timeline(int boot) throws IOException {
    return Dating.of(ledgers(), boot);
  }

  /** What became of every row of every boot that the store knows, the oldest boot first. */
  public List<Account> accounts() throws IOException {
    List<Account> accounts = new ArrayList<>();
    for (Ledger ledger : ledgers().values()) {
      accounts.add(account(ledger));
    }
    return accounts;
  }

  private Account account(Ledger ledger) throws IOException {
    Seqs stored = new Seqs(ledger.boot());
    try {
      ChunkTable.within(connection, new Range(ledger.boot(), 1, Chunk.LAST_SEQ), Integer.MAX_VALUE)
          .forEach(held -> stored.add(held.range().first(), held.range().last()));
    } catch (SQLException e) {
      throw Sqlite.explain(file, e);
    }
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

  /** Everything that is damaged, in words; empty if the store is sound. Reads all of it. */
  public List<String> check() throws IOException {
    List<String> damage = new ArrayList<>();
    try (PreparedStatement check = connection.prepareStatement("PRAGMA integrity_check");
        ResultSet result = check.executeQuery()) {
      while (result.next()) {
        damage.add(result.getString(1));
      }
      damage.remove("ok");
      for (Ledger ledger : ledgers().values()) {
        for (ChunkTable.Held held :
            ChunkTable.within(
                connection, new Range(ledger.boot(), 1, Chunk.LAST_SEQ), Integer.MAX_VALUE)) {
          ChunkTable.rows(connection, held.range(), damage);
        }
      }
    } catch (SQLException e) {
      damage.add(Sqlite.explain(file, e).getMessage());
    } catch (DamagedException e) {
      damage.add(e.getMessage());
    }
    return damage;
  }

  /** What the store knows of each boot. */
  NavigableMap<Integer, Ledger> ledgers() throws IOException {
    try {
      return LedgerTables.ledgers(connection);
    } catch (SQLException e) {
      throw Sqlite.explain(file, e);
    }
  }

  @Override
  public void close() {
    Sqlite.close(connection);
  }
}
