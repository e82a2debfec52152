package dev.streetbox.bridge;

import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.util.List;

/**
 * Gives messages of boxes, and keeps them until they are acknowledged: what was not is given again,
 * to this program or to another of its group, after a restart or a loss of the connection. So a
 * message may come more than once. Used by one thread.
 */
public interface MessageSource extends AutoCloseable {
  /** Limits the messages of one transaction. With the largest they take 50 MB. */
  int MAX_MESSAGES = 400;

  /**
   * Limits the unacknowledged messages: those of a transaction, and as many that come while it is
   * stored. The broker's own limit (Mosquitto: {@code max_inflight_messages}, 20 by default) should
   * not be smaller.
   */
  int RECEIVE_MAXIMUM = 2 * MAX_MESSAGES;

  /**
   * Waits for messages; connects if there is no connection.
   *
   * @return as many as are there, at most {@link #MAX_MESSAGES}; empty if none came within a
   *     fraction of a second
   * @throws IOException if login, certificate or subscription is refused for a reason that stays
   */
  List<Message> receive() throws IOException;

  /** Acknowledges everything that {@link #receive} has returned. */
  void acknowledge();

  /** Returns whether there is a connection to the MQTT broker by which commands are published. */
  boolean canPublish();

  /**
   * Publishes a command to a box; without a connection it has no effect.
   *
   * @param command with the topic of the command
   */
  void publish(Message command);

  /** Ends the connections; what is not acknowledged is given again. */
  @Override
  void close();
}
