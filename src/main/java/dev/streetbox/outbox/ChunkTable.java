package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a store: table {@code chunk}. */
final class ChunkTable {
  private static final String KEYS = "SELECT id, count, tick FROM chunk ";

  /**
   * A chunk, without its rows.
   *
   * @param range its rows
   * @param tickMs the tick of the last one
   */
  record ChunkInfo(Range range, long tickMs) {}

  private ChunkTable() {}

  /** Adds a chunk. */
  static void insert(Connection connection, Chunk chunk) throws SQLException, IOException {
    // A commit that failed may have reached the disk all the same; it is then written again.
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?)")) {
      insert.setLong(1, chunk.id());
      insert.setInt(2, chunk.rows().size());
      insert.setLong(3, chunk.lastTickMs());
      insert.setBytes(4, chunk.pack());
      insert.executeUpdate();
    }
  }

  /** Deletes the chunk that begins with the range. */
  static void delete(Connection connection, Range range) throws SQLException {
    Sqlite.run(connection, "DELETE FROM chunk WHERE id = " + Chunk.id(range.boot(), range.first()));
  }

  /** The newest chunk of a boot, if there is one. */
  static Optional<ChunkInfo> newest(Connection connection, int boot)
      throws SQLException, IOException {
    return held(
            connection,
            KEYS
                + "WHERE id BETWEEN "
                + Chunk.id(boot, 0)
                + " AND "
                + Chunk.id(boot, Chunk.LAST_SEQ)
                + " ORDER BY id DESC LIMIT 1")
        .stream()
        .findFirst();
  }

  /** The oldest chunks that lie wholly within the range. */
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

  /** The oldest chunks of all. */
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
    // A count that was damaged must not make up an age of rows.
    int rows = Math.max(1, Math.min(count, Chunk.MOST_ROWS));
    return new ChunkInfo(new Range(boot, first, first + rows - 1), tickMs);
  }

  /**
   * The rows of the range that are here, in order, each once.
   *
   * @param damage is told of every chunk that is not what was put here; its rows are left out
   */
  static List<Row> rows(Connection connection, Range range, List<String> damage)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    long from = Chunk.id(range.boot(), range.first());
    // Begins with the chunk that the first row is in, which may begin before it.
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, rows FROM chunk WHERE id BETWEEN"
                + " coalesce((SELECT max(id) FROM chunk WHERE id <= ?1), ?1) AND ?2 ORDER BY id")) {
      select.setLong(1, from);
      select.setLong(2, Chunk.id(range.boot(), range.last()));
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          add(rows, result.getLong(1), result.getBytes(2), range, damage);
        }
      }
    }
    return rows;
  }

  private static void add(
      List<Row> rows, long id, byte[] packed, Range range, List<String> damage) {
    if (Chunk.boot(id) != range.boot()) {
      return;
    }
    if (packed == null) {
      damage.add("chunk " + Chunk.boot(id) + "/" + Chunk.first(id) + ": nothing is there");
      return;
    }
    try {
      long after = rows.isEmpty() ? range.first() - 1 : rows.get(rows.size() - 1).seq();
      Chunk.unpack(id, packed).rows().stream()
          .filter(row -> row.seq() > after && row.seq() <= range.last())
          .forEach(rows::add);
    } catch (DamagedException e) {
      damage.add(e.getMessage());
    }
  }
}
