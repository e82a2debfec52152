package dev.streetbox.mqtt;

import dev.streetbox.bus.Interruption;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Implements one connection by one Paho client, which is not used again: a client of Paho 1.2.5
 * that is used again, or that reconnects or resends by itself, hangs or corrupts topics.
 */
final class PahoConnection implements Connection {
  private static final int QOS = 1;

  private final MqttAsyncClient client;
  private final BrokerSocket socket;
  private final BlockingQueue<ConnectionEvent> events;

  /**
   * @param client a client that is connecting, whose callbacks add to the events
   */
  PahoConnection(
      MqttAsyncClient client, BrokerSocket socket, BlockingQueue<ConnectionEvent> events) {
    this.client = client;
    this.socket = socket;
    this.events = events;
  }

  @Override
  public Optional<ConnectionEvent> poll() {
    return Optional.ofNullable(events.poll());
  }

  @Override
  public Optional<ConnectionEvent> await(Duration limit) throws InterruptedIOException {
    try {
      return Optional.ofNullable(events.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw Interruption.of(e, "interrupted while waiting");
    }
  }

  @Override
  public void wake() {
    events.add(new ConnectionEvent.Woken());
  }

  @Override
  public void publish(long id, Message message) {
    try {
      client.publish(
          message.topic(), toPaho(message), "publish", PahoCallbacks.forPublish(events, id));
    } catch (MqttException e) {
      addLost(e);
    }
  }

  @Override
  public void subscribe(String topicFilter) {
    try {
      client.subscribe(topicFilter, QOS, "subscribe", PahoCallbacks.forSubscribe(events));
    } catch (MqttException e) {
      addLost(e);
    }
  }

  @Override
  public void acknowledge(ConnectionEvent.Arrived arrived) {
    if (arrived.id() == 0) {
      return;
    }
    try {
      client.messageArrivedComplete(arrived.id(), QOS);
    } catch (MqttException e) {
      addLost(e);
    }
  }

  /** {@inheritDoc} Before {@link ConnectionEvent.Connected}, Paho would wait forever. */
  @Override
  public void disconnect() {
    try {
      client.disconnect(
          0, "disconnect", PahoCallbacks.forDisconnect(events), 0, new MqttProperties());
    } catch (MqttException e) {
      addLost(e);
    }
  }

  /**
   * {@inheritDoc} Each of Paho's threads ends once the TCP socket is closed; this method waits for
   * none of them.
   */
  @Override
  public void drop() {
    try {
      socket.stop();
    } catch (IOException e) {
      // Close releases the socket even if it throws.
    }
  }

  private void addLost(MqttException e) {
    events.add(new ConnectionEvent.Lost(ConnectionFailure.of(e)));
  }

  /** Returns the message in Paho's form. */
  static MqttMessage toPaho(Message message) {
    // Each message has properties of its own, because Paho writes topic aliases into them.
    MqttProperties properties = new MqttProperties();
    if (!message.contentType().isEmpty()) {
      properties.setContentType(message.contentType());
    }
    if (message.expiryS() > 0) {
      properties.setMessageExpiryInterval(message.expiryS());
    }
    return new MqttMessage(message.payload(), QOS, message.retained(), properties);
  }
}
