package dev.streetbox.outbox;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One look at everything in a store, within one read transaction: beside a writer, two statements
 * would otherwise see two stores, and rows that were trimmed between them would be unexplained.
 */
final class Inspection {
  private final Connection connection;
  private final NavigableMap<Integer, Ledger> ledgers;
  private final NavigableMap<Integer, Seqs> stored = new TreeMap<>();
  private final List<String> damage = new ArrayList<>();

  /** Reads what the store knows of each boot, and nothing of the rows yet. */
  Inspection(Connection connection) throws SQLException, IOException {
    this.connection = connection;
    this.ledgers = LedgerTables.ledgers(connection);
  }

  /** Takes the rows' keys for the rows. */
  void count() throws SQLException {
    each("SELECT id, count FROM chunk ORDER BY id", this::count);
  }

  /** Unpacks every row, and counts those that are what they were. */
  void unpack() throws SQLException {
    each("SELECT id, count, tick, rows FROM chunk ORDER BY id", this::unpack);
  }

  private interface Reader {
    void read(ResultSet chunk) throws SQLException;
  }

  private void each(String sql, Reader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet chunk = statement.executeQuery()) {
      while (chunk.next()) {
        reader.read(chunk);
      }
    }
  }

  private void count(ResultSet chunk) throws SQLException {
    add(chunk.getLong(1), chunk.getInt(2));
  }

  private void unpack(ResultSet chunk) throws SQLException {
    long id = chunk.getLong(1);
    try {
      Chunk sound = Chunk.unpack(id, chunk.getBytes(4));
      if (sound.rows().size() != chunk.getInt(2) || sound.lastTickMs() != chunk.getLong(3)) {
        throw new DamagedException(name(id) + ": its key and its rows contradict each other");
      }
      if (!ledgers.containsKey(sound.boot())) {
        throw new DamagedException(name(id) + ": the store does not know its boot");
      }
      add(id, sound.rows().size());
    } catch (DamagedException e) {
      damage.add(e.getMessage());
    }
  }

  private static String name(long id) {
    return "chunk " + Chunk.boot(id) + "/" + Chunk.first(id);
  }

  private void add(long id, int rows) {
    if (rows > 0) {
      long first = Chunk.first(id);
      stored(Chunk.boot(id)).add(first, first + rows - 1);
    }
  }

  private Seqs stored(int boot) {
    return stored.computeIfAbsent(boot, Seqs::new);
  }

  /** What was found damaged, so far. */
  List<String> damage() {
    return damage;
  }

  /** What became of the rows of each boot. */
  List<StoreAccount> accounts() {
    return ledgers.values().stream().map(this::account).toList();
  }

  private StoreAccount account(Ledger ledger) {
    return new StoreAccount(
        ledger.boot(),
        ledger.last(),
        stored(ledger.boot()).size(),
        ledger.fates().acknowledged(),
        ledger.fates().drops(),
        ledger.state() == BootState.CUT ? OptionalLong.of(ledger.last() + 1) : OptionalLong.empty(),
        unexplained(ledger).stream().mapToLong(Range::size).sum());
  }

  /** Rows of every boot that are neither stored, nor acknowledged, nor dropped. */
  List<Range> unexplained() {
    return ledgers.values().stream().flatMap(of -> unexplained(of).stream()).toList();
  }

  private List<Range> unexplained(Ledger ledger) {
    return ledger.fates().open(ledger.last()).stream()
        .flatMap(gap -> stored(ledger.boot()).gaps(gap.first(), gap.last()).stream())
        .toList();
  }

  /** Boots of which the store has not been told that they are over. */
  List<Integer> open() {
    return ledgers.values().stream().filter(Inspection::isOpen).map(Ledger::boot).toList();
  }

  /** The newest boot that was counted and not drawn, 0 if the store knows none. */
  int newestBoot() {
    NavigableMap<Integer, Ledger> counted = ledgers.headMap(BootFile.FIRST_DRAWN, false);
    return counted.isEmpty() ? 0 : counted.lastKey();
  }

  private static boolean isOpen(Ledger ledger) {
    return ledger.state() == BootState.RUNNING;
  }

  /** How deep each boot is. */
  List<Depth.OfBoot> depths() throws SQLException {
    List<Depth.OfBoot> depths = new ArrayList<>();
    for (Ledger ledger : ledgers.values()) {
      depths.add(
          new Depth.OfBoot(
              ledger.boot(),
              isOpen(ledger),
              stored(ledger.boot()).size(),
              ledger.open(),
              oldestMs(ledger)));
    }
    return depths;
  }

  private OptionalLong oldestMs(Ledger ledger) throws SQLException {
    for (Range open : ledger.fates().open(ledger.last())) {
      for (Range here : stored(ledger.boot()).within(open.first(), open.last())) {
        Range oldest = new Range(ledger.boot(), here.first(), here.first());
        OptionalLong tickMs =
            ChunkTable.rows(connection, oldest, damage).stream()
                .mapToLong(row -> row.tickMs())
                .findFirst();
        if (tickMs.isPresent()) {
          return OptionalLong.of(
              TimelineResolver.of(ledgers, ledger.boot()).utcMs(tickMs.getAsLong()));
        }
      }
    }
    return OptionalLong.empty();
  }
}
