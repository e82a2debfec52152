package dev.streetbox.ingest;

import dev.streetbox.measure.JsonTree;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.OptionalDouble;

/**
 * Writes one message whose body is kept whole: an event, a state, a diagnosis, a description of the
 * box, or an answer to a command. Used by one thread.
 */
final class BodyWriter {
  private final Connection connection;
  private final String box;
  private final String body;

  /**
   * @param body the JSON of the message, as jsonb accepts it
   */
  BodyWriter(Connection connection, String box, String body) {
    this.connection = connection;
    this.box = box;
    this.body = body;
  }

  /** Returns a text without U+0000, which no text of PostgreSQL can have. */
  static String text(String text) {
    return text.replace('\0', '\ufffd');
  }

  /** Writes an event once by its id; one without an id by its content. */
  void writeEvent(JsonTree event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into event (event_id, boot_id, kind, t, tq, lat, lon, body)"
                + " select coalesce(?, 'md5-' || md5(?)), o.id, ?, ?, ?, ?, ?, ?::jsonb"
                + " from open_boot(?, ?, ?, ?, ?, ?) o on conflict do nothing")) {
      insert.setString(1, event.string("id").orElse(null));
      insert.setString(2, body);
      insert.setString(3, event.string("kind").orElse(""));
      setTime(insert, 4, event, "t");
      insert.setString(5, event.string("tq").orElse(null));
      setNumber(insert, 6, event.number("lat"));
      setNumber(insert, 7, event.number("lon"));
      insert.setString(8, body);
      insert.setString(9, box);
      insert.setInt(10, (int) event.number("boot").orElse(0));
      setTime(insert, 11, event, "t0");
      insert.setString(12, event.string("tq").orElse("est"));
      setTime(insert, 13, event, "t0_min");
      setTime(insert, 14, event, "t0_max");
      insert.executeUpdate();
    }
  }

  /** Writes whether the box is online; an older boot's state replaces no newer one. */
  void writeState() throws SQLException {
    update(
        "insert into box as b (box, online, boot, state, state_at) select ?, s ->> 'state' ="
            + " 'online', (s ->> 'boot')::int, s, now() from (select ?::jsonb) x(s) on conflict"
            + " (box) do update set online = excluded.online, boot = excluded.boot, state ="
            + " excluded.state, state_at = now() where b.boot is null or b.boot <= excluded.boot");
  }

  /**
   * Writes the last diagnosis of a box that has sent its state; it does not tell whether the box is
   * simulated.
   */
  void writeDiag() throws SQLException {
    update(
        "update box set diag = x.d, diag_at = now() from (select ?::text, ?::jsonb) x(name, d)"
            + " where box = x.name");
  }

  /** Writes the box's description if it differs from the last one. */
  void writeAbout() throws SQLException {
    update(
        "insert into about (box, boot, body) select ?, (a ->> 'boot')::int, a"
            + " from (select ?::jsonb) x(a) where a is distinct from (select body from about"
            + " where about.box = a ->> 'box' order by received_at desc limit 1)");
  }

  /** Writes an answer to a command, and settles the ranges that a box cannot send again. */
  void writeAnswer() throws SQLException {
    update(
        "insert into answer (box, id, cmd, ok, body) select ?, a ->> 'id', coalesce(a ->> 'cmd',"
            + " ''), coalesce(a ->> 'ok', '') = 'true', a from (select ?::jsonb) x(a) where a ->>"
            + " 'id' is not null on conflict do nothing");
    try (PreparedStatement settle = connection.prepareStatement("select settle(?::jsonb)")) {
      settle.setString(1, body);
      settle.execute();
    }
  }

  private void update(String statement) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(statement)) {
      update.setString(1, box);
      update.setString(2, body);
      update.executeUpdate();
    }
  }

  private static void setTime(PreparedStatement insert, int index, JsonTree event, String name)
      throws SQLException {
    RowsWriter.setTime(insert, index, (long) event.number(name).orElse(0));
  }

  private static void setNumber(PreparedStatement insert, int index, OptionalDouble number)
      throws SQLException {
    if (number.isPresent()) {
      insert.setDouble(index, number.getAsDouble());
    } else {
      insert.setNull(index, Types.DOUBLE);
    }
  }
}
