package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Ledgers and events as records of a store. The last column of each record is the CRC-32 of the
 * others, so that what was damaged is not believed.
 */
final class LedgerTables {
  private LedgerTables() {}

  private interface Reader {
    void read(ResultSet record) throws SQLException, IOException;
  }

  /** All ledgers of a store, by boot, each with its last durable row. */
  static NavigableMap<Integer, Ledger> ledgers(Connection connection)
      throws SQLException, IOException {
    NavigableMap<Integer, Ledger> ledgers = new TreeMap<>();
    each(
        connection,
        "SELECT boot, state, last, sum FROM boot",
        boot ->
            ledgers.put(
                boot.getInt(1),
                new Ledger(
                    boot.getInt(1), Ledger.State.valueOf(boot.getString(2)), boot.getLong(3))));
    each(
        connection,
        "SELECT boot, first, last, fate, told, sum FROM span",
        span ->
            of(ledgers, span.getInt(1))
                .restore(
                    new Ledger.Span(
                        new Range(span.getInt(1), span.getLong(2), span.getLong(3)),
                        span.getString(4),
                        span.getBoolean(5))));
    each(
        connection,
        "SELECT boot, tick, utc, source, uncertainty, sum FROM anchor",
        anchor ->
            of(ledgers, anchor.getInt(1))
                .restore(
                    new Anchor(
                        anchor.getInt(1),
                        anchor.getLong(2),
                        anchor.getLong(3),
                        TimeSource.of(anchor.getString(4)).orElseThrow(LedgerTables::damaged),
                        anchor.getLong(5))));
    for (Ledger ledger : ledgers.values()) {
      ChunkTable.newest(connection, ledger.boot())
          .ifPresent(chunk -> ledger.reach(chunk.range().last(), chunk.tickMs()));
    }
    return ledgers;
  }

  /** Events that the broker does not have, the oldest first. */
  static List<Event> events(Connection connection) throws SQLException, IOException {
    List<Event> events = new ArrayList<>();
    each(
        connection,
        "SELECT boot, number, kind, tick, seq, body, sum FROM event ORDER BY boot, number",
        event ->
            events.add(
                new Event(
                    event.getInt(1),
                    event.getInt(2),
                    Event.Kind.of(event.getString(3)).orElseThrow(LedgerTables::damaged),
                    event.getLong(4),
                    event.getLong(5),
                    EventBody.parse(event.getString(6)))));
    return events;
  }

  /** Stores what changed in a ledger. */
  static void save(Connection connection, Ledger.Page page) throws SQLException {
    insert(connection, "boot", page.boot(), page.state().name(), page.last());
    // Ranges join and shrink, so all of a boot are written anew: seldom more than a handful.
    Sqlite.run(connection, "DELETE FROM span WHERE boot = " + page.boot());
    for (Ledger.Span span : page.spans()) {
      Range range = span.range();
      insert(
          connection,
          "span",
          range.boot(),
          range.first(),
          range.last(),
          span.fate(),
          span.told() ? 1 : 0);
    }
    for (Anchor anchor : page.anchors()) {
      insert(
          connection,
          "anchor",
          anchor.boot(),
          anchor.tickMs(),
          anchor.utcMs(),
          anchor.source().key(),
          anchor.uncertaintyMs());
    }
  }

  /** Stores an event. */
  static void save(Connection connection, Event event) throws SQLException, IOException {
    insert(
        connection,
        "event",
        event.boot(),
        event.number(),
        event.kind().key(),
        event.tickMs(),
        event.seq(),
        EventBody.write(event.body()));
  }

  /** Forgets an event: the broker has it. */
  static void delete(Connection connection, Event event) throws SQLException {
    Sqlite.run(
        connection,
        "DELETE FROM event WHERE boot = " + event.boot() + " AND number = " + event.number());
  }

  /** Forgets a boot: nothing of it is left to send, tell or keep. */
  static void delete(Connection connection, int boot) throws SQLException {
    for (String table : List.of("boot", "span", "anchor")) {
      Sqlite.run(connection, "DELETE FROM " + table + " WHERE boot = " + boot);
    }
  }

  private static void insert(Connection connection, String table, Object... values)
      throws SQLException {
    String marks = "?, ".repeat(values.length) + "?";
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO " + table + " VALUES (" + marks + ")")) {
      CRC32 sum = new CRC32();
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
        add(sum, String.valueOf(values[i]));
      }
      statement.setLong(values.length + 1, sum.getValue());
      statement.executeUpdate();
    }
  }

  /** Reads every record that a statement gives, once its sum is found right. */
  private static void each(Connection connection, String sql, Reader reader)
      throws SQLException, IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet record = statement.executeQuery()) {
      int sumColumn = record.getMetaData().getColumnCount();
      while (record.next()) {
        CRC32 sum = new CRC32();
        for (int i = 1; i < sumColumn; i++) {
          add(sum, String.valueOf(record.getString(i)));
        }
        if (record.getLong(sumColumn) != sum.getValue()) {
          throw damaged();
        }
        reader.read(record);
      }
    } catch (IllegalArgumentException e) {
      throw new DamagedException("a record of the store makes no sense", e);
    }
  }

  private static void add(CRC32 sum, String value) {
    sum.update(value.getBytes(StandardCharsets.UTF_8));
    sum.update('|');
  }

  private static Ledger of(NavigableMap<Integer, Ledger> ledgers, int boot) throws IOException {
    Ledger ledger = ledgers.get(boot);
    if (ledger == null) {
      throw damaged();
    }
    return ledger;
  }

  private static DamagedException damaged() {
    return new DamagedException("a record of the store is not what was put there");
  }
}
