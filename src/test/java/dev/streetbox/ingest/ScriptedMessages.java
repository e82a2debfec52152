package dev.streetbox.ingest;

import dev.streetbox.bridge.MessageSource;
import dev.streetbox.mqtt.Message;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Gives messages until they are acknowledged, and records what an ingest does with its source. */
final class ScriptedMessages implements MessageSource {
  /** Reads the tables. */
  @FunctionalInterface
  interface Look {
    /** Returns what is to be seen once the messages are acknowledged. */
    String see() throws SQLException;
  }

  private final List<Message> messages;
  private final Look look;
  private final List<Message> published = new ArrayList<>();
  private String seen = "";
  private boolean acknowledged;
  private boolean closed;

  /** Gives these messages, and looks at the tables when they are acknowledged. */
  ScriptedMessages(List<Message> messages, Look look) {
    this.messages = messages;
    this.look = look;
  }

  @Override
  public List<Message> receive() {
    return acknowledged ? List.of() : messages;
  }

  @Override
  public void acknowledge() {
    try {
      seen = look.see();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    acknowledged = true;
  }

  @Override
  public boolean canPublish() {
    return true;
  }

  @Override
  public void publish(Message command) {
    published.add(command);
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Returns whether the ingest has acknowledged the messages. */
  boolean isAcknowledged() {
    return acknowledged;
  }

  /** Returns whether the ingest has closed the source. */
  boolean isClosed() {
    return closed;
  }

  /** Returns what the tables had when the messages were acknowledged. */
  String seenAtAcknowledgement() {
    return seen;
  }

  /** Returns the commands that the ingest has sent. */
  List<Message> published() {
    return published;
  }
}
