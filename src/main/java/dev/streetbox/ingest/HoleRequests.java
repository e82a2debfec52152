package dev.streetbox.ingest;

import dev.streetbox.measure.JsonText;
import dev.streetbox.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows that the database lacks and asks their boxes to send them again ({@code resend}).
 * All state is in the database, so that any ingest of a group can do it. Used by one thread.
 */
final class HoleRequests {
  /** The number of the advisory lock that one ingest at a time holds while it asks. */
  private static final int LOCK = 7_310_563;

  /** The expiry of a request at the broker, in s: after it the next request asks anew. */
  private static final long EXPIRY_S = 600;

  private final String topicRoot;

  /**
   * @param topicRoot the common beginning of all topics
   */
  HoleRequests(String topicRoot) {
    this.topicRoot = topicRoot;
  }

  /**
   * Returns the commands to send now; they count as sent once the method has returned. A command
   * that is lost is repeated after its pause.
   */
  List<Message> due(Connection connection) throws SQLException {
    List<Message> commands = new ArrayList<>();
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      if (isMine(sql)) {
        sql.execute("select find_holes()");
        try (ResultSet due = sql.executeQuery("select * from ask_holes()")) {
          while (due.next()) {
            commands.add(command(due));
          }
        }
      }
      connection.commit();
      return commands;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Returns the time between two calls of {@link #due}, in ms. */
  long periodMs(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet period = sql.executeQuery("select setting('resend_period_s')")) {
      period.next();
      return 1_000 * period.getLong(1);
    }
  }

  private static boolean isMine(Statement sql) throws SQLException {
    try (ResultSet locked = sql.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
      locked.next();
      return locked.getBoolean(1);
    }
  }

  private Message command(ResultSet due) throws SQLException {
    String id = due.getString(1);
    String box = due.getString(2);
    int boot = due.getInt(3);
    long first = due.getLong(4);
    long last = due.getLong(5);
    String json =
        JsonText.object(
            out -> {
              out.writeStringField("id", id);
              out.writeStringField("cmd", "resend");
              out.writeObjectFieldStart("args");
              out.writeNumberField("boot", boot);
              out.writeNumberField("first", first);
              out.writeNumberField("last", last);
              out.writeEndObject();
            });
    return new Message(
            topicRoot + "/" + box + "/cmd/resend",
            json.getBytes(StandardCharsets.UTF_8),
            "application/json",
            false)
        .expiringAfter(EXPIRY_S);
  }
}
