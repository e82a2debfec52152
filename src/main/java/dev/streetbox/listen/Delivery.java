package dev.streetbox.listen;

import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.Message;

/**
 * Holds a received message until it is acknowledged. A message that is never acknowledged is sent
 * again by the broker of a durable session on its next connection. Used by the subscriber's thread.
 */
public final class Delivery {
  private final Connection connection;
  private final ConnectionEvent.Arrived arrived;

  /**
   * @param connection the connection on which the message has arrived
   */
  Delivery(Connection connection, ConnectionEvent.Arrived arrived) {
    this.connection = connection;
    this.arrived = arrived;
  }

  /** Returns the message. */
  public Message message() {
    return arrived.message();
  }

  /**
   * Sends PUBACK on the connection on which the message has arrived. Has no effect if that
   * connection is lost; the broker then sends the message again.
   */
  public void acknowledge() {
    connection.acknowledge(arrived);
  }
}
