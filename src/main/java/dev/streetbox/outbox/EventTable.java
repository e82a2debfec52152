package dev.streetbox.outbox;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes events as records of a store: table {@code event}. */
final class EventTable {
  private EventTable() {}

  /** Reads the events that the broker does not have, the oldest first. */
  static List<Event> events(Connection connection) throws SQLException, IOException {
    List<Event> events = new ArrayList<>();
    SummedRecords.each(
        connection,
        "SELECT boot, number, kind, tick, seq, body, sum FROM event ORDER BY boot, number",
        event ->
            events.add(
                new Event(
                    event.getInt(1),
                    event.getInt(2),
                    Event.Kind.of(event.getString(3)).orElseThrow(SummedRecords::damaged),
                    event.getLong(4),
                    event.getLong(5),
                    EventBody.parse(event.getString(6)))));
    return events;
  }

  /** Stores an event. */
  static void save(Connection connection, Event event) throws SQLException, IOException {
    SummedRecords.insert(
        connection,
        "event",
        event.boot(),
        event.number(),
        event.kind().key(),
        event.tickMs(),
        event.seq(),
        EventBody.write(event.body()));
  }

  /** Deletes an event that the broker has acknowledged. */
  static void delete(Connection connection, Event event) throws SQLException {
    Sqlite.run(
        connection,
        "DELETE FROM event WHERE boot = " + event.boot() + " AND number = " + event.number());
  }
}
