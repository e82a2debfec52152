package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads and writes ledgers as records of a store: tables {@code boot}, {@code span}, {@code
 * anchor}.
 */
final class LedgerTables {
  private LedgerTables() {}

  /** Reads all ledgers of a store by boot, each up to its last durable row. */
  static NavigableMap<Integer, Ledger> ledgers(Connection connection)
      throws SQLException, IOException {
    NavigableMap<Integer, Ledger> ledgers = new TreeMap<>();
    SummedRecords.each(
        connection,
        "SELECT boot, state, last, sum FROM boot",
        boot ->
            ledgers.put(
                boot.getInt(1),
                new Ledger(boot.getInt(1), BootState.valueOf(boot.getString(2)), boot.getLong(3))));
    SummedRecords.each(
        connection,
        "SELECT boot, first, last, fate, told, sum FROM span",
        span -> of(ledgers, span.getInt(1)).restore(span(span)));
    SummedRecords.each(
        connection,
        "SELECT boot, tick, utc, source, uncertainty, sum FROM anchor",
        anchor -> of(ledgers, anchor.getInt(1)).restore(anchor(anchor)));
    for (Ledger ledger : ledgers.values()) {
      ChunkTable.newest(connection, ledger.boot())
          .ifPresent(chunk -> ledger.extendTo(chunk.range().last(), chunk.tickMs()));
    }
    return ledgers;
  }

  private static FateSpan span(ResultSet span) throws SQLException {
    Range range = new Range(span.getInt(1), span.getLong(2), span.getLong(3));
    return new FateSpan(range, span.getString(4), span.getBoolean(5));
  }

  private static Anchor anchor(ResultSet anchor) throws SQLException, IOException {
    return new Anchor(
        anchor.getInt(1),
        anchor.getLong(2),
        anchor.getLong(3),
        TimeSource.of(anchor.getString(4)).orElseThrow(SummedRecords::damaged),
        anchor.getLong(5));
  }

  /** Stores what changed in a ledger. */
  static void save(Connection connection, LedgerChanges changes) throws SQLException {
    if (!isStored(connection, changes)) {
      SummedRecords.insert(
          connection, "boot", changes.boot(), changes.state().name(), changes.last());
    }
    deleteSpans(connection, changes.areas());
    for (FateSpan span : changes.spans()) {
      Range range = span.range();
      SummedRecords.insert(
          connection,
          "span",
          range.boot(),
          range.first(),
          range.last(),
          span.fate(),
          span.declared() ? 1 : 0);
    }
    for (Anchor anchor : changes.anchors()) {
      SummedRecords.insert(
          connection,
          "anchor",
          anchor.boot(),
          anchor.tickMs(),
          anchor.utcMs(),
          anchor.source().key(),
          anchor.uncertaintyMs());
    }
  }

  /** Returns whether the boot's record is stored as it is, so that its page need not be written. */
  private static boolean isStored(Connection connection, LedgerChanges changes)
      throws SQLException {
    return Sqlite.number(
            connection,
            "SELECT count(*) FROM boot WHERE boot = %d AND state = '%s' AND last = %d"
                .formatted(changes.boot(), changes.state().name(), changes.last()))
        == 1;
  }

  /** Deletes the spans that have a row within an area; a boot's spans are disjoint. */
  private static void deleteSpans(Connection connection, List<Range> areas) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM span WHERE boot = ?1 AND first <= ?2 AND last >= ?3 AND first >= coalesce("
                + "(SELECT max(first) FROM span WHERE boot = ?1 AND first <= ?3), ?3)")) {
      for (Range area : areas) {
        statement.setInt(1, area.boot());
        statement.setLong(2, area.last());
        statement.setLong(3, area.first());
        statement.executeUpdate();
      }
    }
  }

  /** Deletes a boot of which nothing is left to send, declare or keep. */
  static void delete(Connection connection, int boot) throws SQLException {
    for (String table : List.of("boot", "span", "anchor")) {
      Sqlite.run(connection, "DELETE FROM " + table + " WHERE boot = " + boot);
    }
  }

  private static Ledger of(NavigableMap<Integer, Ledger> ledgers, int boot) throws IOException {
    Ledger ledger = ledgers.get(boot);
    if (ledger == null) {
      throw SummedRecords.damaged();
    }
    return ledger;
  }
}
