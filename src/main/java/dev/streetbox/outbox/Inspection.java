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
 * Accounts for the content of a store within one read transaction. Two transactions beside a writer
 * could see different contents, and rows that were deleted between them would be unexplained.
 */
final class Inspection {
  private final Connection connection;
  private final NavigableMap<Integer, Ledger> ledgers;
  private final NavigableMap<Integer, Seqs> stored = new TreeMap<>();
  private final List<String> corruption = new ArrayList<>();

  /** Reads the ledgers; rows are read by {@link #count} or {@link #unpack}. */
  Inspection(Connection connection) throws SQLException, IOException {
    this.connection = connection;
    this.ledgers = LedgerTables.ledgers(connection);
  }

  /**
   * Counts the rows by the keys of the chunks, without reading the rows. SQLite finds the chunks
   * that do not follow the chunk before them, because a store of many chunks has few of those.
   */
  void count() throws SQLException {
    List<Long> firsts = new ArrayList<>();
    each(
        "SELECT id FROM (SELECT id, id <> coalesce(lag(id + max(count, 0)) OVER (ORDER BY id), 0)"
            + " AS begins FROM chunk) WHERE begins ORDER BY id",
        chunk -> firsts.add(chunk.getLong(1)));
    for (int i = 0; i < firsts.size(); i++) {
      long id = firsts.get(i);
      long next = i + 1 < firsts.size() ? firsts.get(i + 1) : Long.MAX_VALUE;
      long end =
          Sqlite.number(
              connection,
              "SELECT id + max(count, 0) FROM chunk WHERE id < "
                  + next
                  + " ORDER BY id DESC LIMIT 1");
      add(id, end - id);
    }
  }

  /** Unpacks every chunk, and counts the undamaged rows. */
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

  private void unpack(ResultSet chunk) throws SQLException {
    long id = chunk.getLong(1);
    try {
      Chunk sound = Chunk.unpack(id, chunk.getBytes(4));
      if (sound.rows().size() != chunk.getInt(2) || sound.lastTickMs() != chunk.getLong(3)) {
        throw new DamagedException(name(id) + ": its key and its rows differ");
      }
      if (!ledgers.containsKey(sound.boot())) {
        throw new DamagedException(name(id) + ": its boot has no ledger");
      }
      add(id, sound.rows().size());
    } catch (DamagedException e) {
      corruption.add(e.getMessage());
    }
  }

  private static String name(long id) {
    return "chunk " + Chunk.boot(id) + "/" + Chunk.first(id);
  }

  private void add(long id, long rows) {
    if (rows > 0) {
      long first = Chunk.first(id);
      stored(Chunk.boot(id)).add(first, first + rows - 1);
    }
  }

  private Seqs stored(int boot) {
    return stored.computeIfAbsent(boot, Seqs::new);
  }

  /** Returns the descriptions of the damaged chunks found so far. */
  List<String> corruption() {
    return corruption;
  }

  /** Returns the account of each boot, the oldest first. */
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

  /** Returns the rows of every boot that are neither stored, nor acknowledged, nor dropped. */
  List<Range> unexplained() {
    return ledgers.values().stream().flatMap(of -> unexplained(of).stream()).toList();
  }

  private List<Range> unexplained(Ledger ledger) {
    return ledger.fates().open(ledger.last()).stream()
        .flatMap(gap -> stored(ledger.boot()).gaps(gap.first(), gap.last()).stream())
        .toList();
  }

  /** Returns the boots whose end is not recorded. */
  List<Integer> open() {
    return ledgers.values().stream().filter(Inspection::isOpen).map(Ledger::boot).toList();
  }

  /** Returns the newest boot whose number was counted, not drawn; 0 if there is none. */
  int newestBoot() {
    NavigableMap<Integer, Ledger> counted = ledgers.headMap(BootFile.FIRST_DRAWN, false);
    return counted.isEmpty() ? 0 : counted.lastKey();
  }

  private static boolean isOpen(Ledger ledger) {
    return ledger.state() == BootState.RUNNING;
  }

  /** Returns the depth of each boot, the oldest first. */
  List<Depth.OfBoot> depths() throws SQLException {
    List<Depth.OfBoot> depths = new ArrayList<>();
    for (Ledger ledger : ledgers.values()) {
      depths.add(
          new Depth.OfBoot(
              ledger.boot(),
              isOpen(ledger),
              stored(ledger.boot()).size(),
              ledger.open(),
              unsampled(ledger.boot()),
              oldestMs(ledger)));
    }
    return depths;
  }

  /** Returns the seconds of a boot without a row, by the ticks of its first and last stored row. */
  private long unsampled(int boot) throws SQLException {
    List<Range> ranges = stored(boot).ranges();
    if (ranges.isEmpty()) {
      return 0;
    }
    long first = ranges.get(0).first();
    long last = ranges.get(ranges.size() - 1).last();
    OptionalLong firstTickMs = tickMs(boot, first);
    OptionalLong lastTickMs = tickMs(boot, last);
    if (firstTickMs.isEmpty() || lastTickMs.isEmpty()) {
      return 0;
    }
    long seconds = Math.round((lastTickMs.getAsLong() - firstTickMs.getAsLong()) / 1000.0);
    return Math.max(0, seconds - (last - first));
  }

  /** Returns the tick of a stored row; empty if its chunk is damaged. */
  private OptionalLong tickMs(int boot, long seq) throws SQLException {
    return ChunkTable.rows(connection, new Range(boot, seq, seq), corruption).stream()
        .mapToLong(row -> row.tickMs())
        .findFirst();
  }

  private OptionalLong oldestMs(Ledger ledger) throws SQLException {
    for (Range open : ledger.fates().open(ledger.last())) {
      for (Range here : stored(ledger.boot()).within(open.first(), open.last())) {
        OptionalLong tickMs = tickMs(ledger.boot(), here.first());
        if (tickMs.isPresent()) {
          return OptionalLong.of(
              TimelineResolver.of(ledgers, ledger.boot()).utcMs(tickMs.getAsLong()));
        }
      }
    }
    return OptionalLong.empty();
  }
}
