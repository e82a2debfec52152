package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Creates the store's tables and upgrades each earlier version to the present one. {@code PRAGMA
 * user_version} counts the steps that a file has gone through; steps are only added.
 *
 * <table>
 *   <caption>Tables of version 1</caption>
 *   <tr><td>chunk</td><td>rows of one boot that were committed together: {@code id} is boot ×
 *       2<sup>32</sup> + first seq, so that rows are appended at the end of one b-tree and a commit
 *       changes as few pages as it can; {@code tick} of the last row; see {@link Chunk}</td></tr>
 *   <tr><td>boot</td><td>every boot, its state, and its last durable row once it is over</td></tr>
 *   <tr><td>span</td><td>fates of rows, by ranges instead of a flag per row</td></tr>
 *   <tr><td>anchor</td><td>anchors that date a boot's rows</td></tr>
 *   <tr><td>event</td><td>events that the broker has not acknowledged</td></tr>
 * </table>
 *
 * <p>{@code sum} is a checksum of the other columns ({@link SummedRecords}), because SQLite does
 * not notice a flipped bit that turns 100 acknowledged rows into 1000.
 */
final class Schema {
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE TABLE chunk (id INTEGER PRIMARY KEY, count INTEGER NOT NULL,"
                  + " tick INTEGER NOT NULL, rows BLOB NOT NULL)",
              "CREATE TABLE boot (boot INTEGER PRIMARY KEY, state TEXT NOT NULL,"
                  + " last INTEGER NOT NULL, sum INTEGER NOT NULL)",
              "CREATE TABLE span (boot INTEGER NOT NULL, first INTEGER NOT NULL,"
                  + " last INTEGER NOT NULL, fate TEXT NOT NULL, told INTEGER NOT NULL,"
                  + " sum INTEGER NOT NULL, PRIMARY KEY (boot, first)) WITHOUT ROWID",
              "CREATE TABLE anchor (boot INTEGER NOT NULL, tick INTEGER NOT NULL,"
                  + " utc INTEGER NOT NULL, source TEXT NOT NULL, uncertainty INTEGER NOT NULL,"
                  + " sum INTEGER NOT NULL, PRIMARY KEY (boot, tick, source)) WITHOUT ROWID",
              "CREATE TABLE event (boot INTEGER NOT NULL, number INTEGER NOT NULL,"
                  + " kind TEXT NOT NULL, tick INTEGER NOT NULL, seq INTEGER NOT NULL,"
                  + " body TEXT NOT NULL, sum INTEGER NOT NULL,"
                  + " PRIMARY KEY (boot, number)) WITHOUT ROWID"));

  /** A higher version is a flipped bit, because no program will have so many steps. */
  private static final int HIGHEST_VERSION = 1000;

  private final List<List<String>> steps;

  /** Uses the present steps. */
  Schema() {
    this(STEPS);
  }

  /** Uses other steps, for tests of upgrades. */
  Schema(List<List<String>> steps) {
    this.steps = steps;
  }

  /**
   * Checks that a file is not of a later version; changes nothing.
   *
   * @throws NewerStoreException if it is
   * @throws DamagedException if its version is none
   */
  void require(Path file, Connection connection) throws SQLException, IOException {
    long version = Sqlite.number(connection, "PRAGMA user_version");
    if (version < 0 || version > HIGHEST_VERSION) {
      throw new DamagedException(file + " is damaged (version " + version + ")");
    }
    if (version > steps.size()) {
      throw new NewerStoreException(file, version, steps.size());
    }
  }

  /**
   * Upgrades a file that {@link #require} has passed to the present version, in one transaction.
   */
  void apply(Connection connection) throws SQLException {
    long version = Sqlite.number(connection, "PRAGMA user_version");
    if (version == steps.size()) {
      return;
    }
    Sqlite.run(connection, "BEGIN IMMEDIATE");
    for (List<String> step : steps.subList((int) version, steps.size())) {
      for (String sql : step) {
        Sqlite.run(connection, sql);
      }
    }
    Sqlite.run(connection, "PRAGMA user_version = " + steps.size());
    Sqlite.run(connection, "COMMIT");
  }
}
