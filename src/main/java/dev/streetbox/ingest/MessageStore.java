package dev.streetbox.ingest;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores messages by one transaction: all of them, or none. Storing a message again changes nothing
 * but counts of duplicates. Used by one thread.
 */
final class MessageStore {
  private final Connection connection;
  private final SimulatedMessages simulated;
  private final RowsWriter rows;

  /**
   * @param connection whose search path is the schema, in the mode of automatic commits
   * @param simulated what is done with messages with {@code sim}
   */
  MessageStore(Connection connection, KnownBoots boots, SimulatedMessages simulated)
      throws SQLException {
    this.connection = connection;
    this.simulated = simulated;
    this.rows = new RowsWriter(connection, boots);
    rows.prepare();
  }

  /**
   * Stores messages and returns once they are durable.
   *
   * @throws SQLException if the database refuses or is gone; nothing is stored then, unless the
   *     connection was lost during the commit
   */
  void store(List<ReceivedMessage> messages) throws SQLException, IOException {
    List<ReceivedMessage> accepted = new ArrayList<>();
    Map<String, Long> refusedRows = new TreeMap<>();
    Map<String, Long> refusedMessages = new HashMap<>();
    for (ReceivedMessage message : messages) {
      if (simulated == SimulatedMessages.only && !message.mayBeSimulated()) {
        continue;
      }
      if (message.isSimulated() && simulated == SimulatedMessages.refuse) {
        String box = message.content().orElseThrow().box();
        refusedRows.merge(box, rowsOf(message), Long::sum);
        refusedMessages.merge(box, 1L, Long::sum);
      } else {
        accepted.add(message);
      }
    }
    Map<ReceivedMessage, KnownBoots.Line> boots = openBoots(accepted);
    connection.setAutoCommit(false);
    try {
      writeRows(accepted);
      for (ReceivedMessage message : inOrderOfBoxes(accepted)) {
        write(message, boots.get(message));
      }
      for (Map.Entry<String, Long> box : refusedRows.entrySet()) {
        refuse(box.getKey(), "simulated", refusedMessages.get(box.getKey()), box.getValue());
      }
      connection.commit();
    } catch (SQLException | IOException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
    connection.setAutoCommit(true);
  }

  private static long rowsOf(ReceivedMessage message) {
    return message.content().orElseThrow() instanceof BoxMessage.Rows batch
        ? batch.rows().size()
        : 0;
  }

  private void rollBack(Exception cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Opens the boots that messages name, before the transaction, so that two ingests do not block.
   */
  private Map<ReceivedMessage, KnownBoots.Line> openBoots(List<ReceivedMessage> messages)
      throws SQLException {
    Map<ReceivedMessage, KnownBoots.Line> lines = new HashMap<>();
    for (ReceivedMessage message : messages) {
      BoxMessage content = message.content().orElse(null);
      if (content instanceof BoxMessage.Rows batch) {
        lines.put(message, rows.open(batch));
      } else if (content instanceof BoxMessage.Loss loss) {
        lines.put(message, open(loss.box(), loss.lost().boot()));
      } else if (content instanceof BoxMessage.Times times) {
        lines.put(message, open(times.box(), times.boot()));
      }
    }
    return lines;
  }

  private KnownBoots.Line open(String box, int boot) throws SQLException {
    return rows.open(new KnownBoots.Key(box, boot), 0, "est", BoxMessage.BatchDetails.NONE);
  }

  private void writeRows(List<ReceivedMessage> messages) throws SQLException, IOException {
    List<BoxMessage.Rows> batches = new ArrayList<>();
    for (ReceivedMessage message : messages) {
      message
          .content()
          .filter(BoxMessage.Rows.class::isInstance)
          .map(BoxMessage.Rows.class::cast)
          .ifPresent(batches::add);
    }
    rows.write(batches);
  }

  private static List<ReceivedMessage> inOrderOfBoxes(List<ReceivedMessage> messages) {
    List<ReceivedMessage> ordered = new ArrayList<>(messages);
    ordered.sort(Comparator.comparing(m -> m.content().map(BoxMessage::box).orElse("")));
    return ordered;
  }

  private void write(ReceivedMessage message, KnownBoots.Line boot)
      throws SQLException, IOException {
    if (message.content().isEmpty()) {
      quarantine(message.message(), message.reason());
      return;
    }
    BoxMessage content = message.content().get();
    if (content instanceof BoxMessage.Rows batch) {
      rows.writeDrops(batch, boot.id());
      if (boot.expired() && !batch.rows().isEmpty()) {
        refuse(batch.box(), "expired", 1, batch.rows().size());
      }
    } else if (message.body().isPresent()) {
      if (content instanceof BoxMessage.Loss loss) {
        String reason = message.tree().string("reason").orElse("unknown");
        rows.writeGap(boot.id(), loss.lost().first(), loss.lost().last(), reason);
      } else if (content instanceof BoxMessage.Times times) {
        rows.correct(boot.id(), times, message.tree());
      }
      BodyWriter bodies = new BodyWriter(connection, content.box(), message.body().get());
      switch (message.lastLevel()) {
        case "event" -> bodies.writeEvent(message.tree());
        case "state" -> bodies.writeState();
        case "diag" -> bodies.writeDiag();
        case "about" -> bodies.writeAbout();
        default -> bodies.writeAnswer();
      }
    }
  }

  private void quarantine(Message message, String reason) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("select quarantine_message(?, ?, ?, ?)")) {
      insert.setString(1, BodyWriter.text(message.topic()));
      insert.setString(2, BodyWriter.text(message.contentType()));
      insert.setBytes(3, message.payload());
      insert.setString(4, BodyWriter.text(reason));
      insert.execute();
    }
  }

  /** Counts what is on purpose not stored. */
  private void refuse(String box, String reason, long messages, long rowCount) throws SQLException {
    try (PreparedStatement count =
        connection.prepareStatement(
            "insert into refused as r (box, reason, messages, rows) values (?, ?, ?, ?)"
                + " on conflict (box, reason) do update set messages = r.messages +"
                + " excluded.messages, rows = r.rows + excluded.rows, last_at = now()")) {
      count.setString(1, box);
      count.setString(2, reason);
      count.setLong(3, messages);
      count.setLong(4, rowCount);
      count.executeUpdate();
    }
  }
}
