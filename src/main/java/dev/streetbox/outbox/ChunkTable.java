package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Seqs;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Reads and writes the rows of a store: table {@code chunk}. */
final class ChunkTable {
  private static final String KEYS = "SELECT id, count, tick FROM chunk ";

  /** Selects the chunks from one key to another; the first row may be inside an earlier chunk. */
  private static final String OVERLAPPING =
      "id BETWEEN coalesce((SELECT max(id) FROM chunk WHERE id <= ?1), ?1) AND ?2 ORDER BY id";

  private ChunkTable() {}

  /** Adds a chunk. */
  static void insert(Connection connection, Chunk chunk) throws SQLException, IOException {
    // A failed commit may have reached the disk nevertheless and is then written again.
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?)")) {
      insert.setLong(1, chunk.id());
      insert.setInt(2, chunk.rows().size());
      insert.setLong(3, chunk.lastTickMs());
      insert.setBytes(4, chunk.pack());
      insert.executeUpdate();
    }
  }

  /** Deletes the chunk whose first row is the first of the range. */
  static void delete(Connection connection, Range range) throws SQLException {
    Sqlite.run(connection, "DELETE FROM chunk WHERE id = " + Chunk.id(range.boot(), range.first()));
  }

  /** Returns the newest chunk of a boot, if there is one. */
  static Optional<ChunkInfo> newest(Connection connection, int boot)
      throws SQLException, IOException {
    return newest(connection, boot, Chunk.LAST_SEQ);
  }

  /** Returns the newest chunk of a boot whose first row is this one or an earlier one. */
  private static Optional<ChunkInfo> newest(Connection connection, int boot, long seq)
      throws SQLException, IOException {
    return held(
            connection,
            KEYS
                + "WHERE id BETWEEN "
                + Chunk.id(boot, 0)
                + " AND "
                + Chunk.id(boot, seq)
                + " ORDER BY id DESC LIMIT 1")
        .stream()
        .findFirst();
  }

  /**
   * Searches the chunks of a range by halving, because ticks increase with seq.
   *
   * @param wanted tests the tick of a chunk's last row
   * @return the first row of the first chunk that is wanted; the row after the range if none is
   */
  static long firstSince(Connection connection, Range range, LongPredicate wanted)
      throws SQLException, IOException {
    long low = range.first();
    long end = range.last() + 1;
    while (low < end) {
      long middle = (low + end) / 2;
      Optional<ChunkInfo> chunk = newest(connection, range.boot(), middle);
      if (chunk.isPresent() && wanted.test(chunk.get().tickMs())) {
        end = Math.min(middle, chunk.get().range().first());
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Lists the oldest chunks whose rows are all within the range. */
  static List<ChunkInfo> within(Connection connection, Range range, int limit)
      throws SQLException, IOException {
    long last = Chunk.id(range.boot(), range.last());
    return held(
        connection,
        KEYS
            + "WHERE id BETWEEN "
            + Chunk.id(range.boot(), range.first())
            + " AND "
            + last
            + " AND id + count - 1 <= "
            + last
            + " ORDER BY id LIMIT "
            + limit);
  }

  /**
   * Returns which rows of some ranges of one boot are stored.
   *
   * @param ranges disjoint, the lowest first
   * @param limit ends the search after that many rows
   */
  static List<Range> stored(Connection connection, List<Range> ranges, long limit)
      throws SQLException, IOException {
    List<Range> found = new ArrayList<>();
    long count = 0;
    try (PreparedStatement select = connection.prepareStatement(KEYS + "WHERE " + OVERLAPPING)) {
      for (int i = 0; i < ranges.size() && count < limit; i++) {
        Range range = ranges.get(i);
        select.setLong(1, Chunk.id(range.boot(), range.first()));
        select.setLong(2, Chunk.id(range.boot(), Math.min(range.last(), Chunk.LAST_SEQ)));
        Seqs seqs = new Seqs(range.boot());
        try (ResultSet chunk = select.executeQuery()) {
          while (count < limit && chunk.next()) {
            count += add(seqs, held(chunk.getLong(1), chunk.getInt(2), 0).range(), range);
          }
        }
        found.addAll(seqs.ranges());
      }
    }
    return found;
  }

  /** Adds the part of a chunk that is within a range; returns the number of its rows. */
  private static long add(Seqs seqs, Range chunk, Range range) {
    long first = Math.max(chunk.first(), range.first());
    long last = Math.min(chunk.last(), range.last());
    if (chunk.boot() != range.boot() || last < first) {
      return 0;
    }
    seqs.add(first, last);
    return last - first + 1;
  }

  /** Lists the oldest chunks of all boots. */
  static List<ChunkInfo> oldest(Connection connection, int limit) throws SQLException, IOException {
    return held(connection, KEYS + "ORDER BY id LIMIT " + limit);
  }

  private static List<ChunkInfo> held(Connection connection, String sql)
      throws SQLException, IOException {
    List<ChunkInfo> chunks = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet chunk = statement.executeQuery()) {
      while (chunk.next()) {
        chunks.add(held(chunk.getLong(1), chunk.getInt(2), chunk.getLong(3)));
      }
    }
    return chunks;
  }

  private static ChunkInfo held(long id, int count, long tickMs) throws IOException {
    int boot = Chunk.boot(id);
    long first = Chunk.first(id);
    if (boot < 1 || first < 1) {
      throw new DamagedException("a chunk of rows " + boot + "/" + first);
    }
    // A damaged count must not stand for more rows than a chunk can have.
    int rows = Math.max(1, Math.min(count, Chunk.MOST_ROWS));
    return new ChunkInfo(new Range(boot, first, first + rows - 1), tickMs);
  }

  /**
   * Reads the stored rows of the range, in order of seq, each once.
   *
   * @param corruption collects the description of each damaged chunk, whose rows are left out
   */
  static List<Row> rows(Connection connection, Range range, List<String> corruption)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    long from = Chunk.id(range.boot(), range.first());
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id, rows FROM chunk WHERE " + OVERLAPPING)) {
      select.setLong(1, from);
      select.setLong(2, Chunk.id(range.boot(), range.last()));
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          add(rows, result.getLong(1), result.getBytes(2), range, corruption);
        }
      }
    }
    return rows;
  }

  private static void add(
      List<Row> rows, long id, byte[] packed, Range range, List<String> corruption) {
    if (Chunk.boot(id) != range.boot()) {
      return;
    }
    if (packed == null) {
      corruption.add("chunk " + Chunk.boot(id) + "/" + Chunk.first(id) + ": nothing is there");
      return;
    }
    try {
      long after = rows.isEmpty() ? range.first() - 1 : rows.get(rows.size() - 1).seq();
      Chunk.unpack(id, packed).rows().stream()
          .filter(row -> row.seq() > after && row.seq() <= range.last())
          .forEach(rows::add);
    } catch (DamagedException e) {
      corruption.add(e.getMessage());
    }
  }
}
