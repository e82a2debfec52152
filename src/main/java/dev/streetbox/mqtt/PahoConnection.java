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
 * Carries one connection through a Paho client that is thrown away with it: a Paho client that is
 * used again, or that reconnects or resends by itself, hangs or corrupts topics (Paho 1.2.5).
 */
final class PahoConnection implements Connection {
  private static final int QOS = 1;

  private final MqttAsyncClient client;
  private final BrokerSocket socket;
  private final BlockingQueue<ConnectionEvent> events;

  /**
   * @param client a client that has been told to connect, with callbacks that add to the events
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
      client.publish(message.topic(), paho(message), "publish", PahoCallbacks.answered(events, id));
    } catch (MqttException e) {
      lost(e);
    }
  }

  @Override
  public void subscribe(String topicFilter) {
    try {
      client.subscribe(topicFilter, QOS, "subscribe", PahoCallbacks.subscribed(events));
    } catch (MqttException e) {
      lost(e);
    }
  }

  @Override
  public void accept(ConnectionEvent.Arrived arrived) {
    if (arrived.id() == 0) {
      return;
    }
    try {
      client.messageArrivedComplete(arrived.id(), QOS);
    } catch (MqttException e) {
      lost(e);
    }
  }

  /** {@inheritDoc} Before {@link ConnectionEvent.Connected} Paho would wait for ever. */
  @Override
  public void disconnect() {
    try {
      client.disconnect(
          0, "disconnect", PahoCallbacks.disconnected(events), 0, new MqttProperties());
    } catch (MqttException e) {
      lost(e);
    }
  }

  /**
   * {@inheritDoc} Closing the TCP socket is all it takes: each of Paho's threads sees that and
   * ends, and none is waited for.
   */
  @Override
  public void drop() {
    try {
      socket.stop();
    } catch (IOException e) {
      // A socket that cannot be closed is closed.
    }
  }

  private void lost(MqttException e) {
    events.add(new ConnectionEvent.Lost(ConnectionFailure.of(e)));
  }

  /** Returns the message in Paho's form. */
  static MqttMessage paho(Message message) {
    // A set of properties of its own for each message: Paho writes topic aliases into it.
    MqttProperties properties = new MqttProperties();
    if (!message.contentType().isEmpty()) {
      properties.setContentType(message.contentType());
    }
    return new MqttMessage(message.payload(), QOS, message.retained(), properties);
  }
}
