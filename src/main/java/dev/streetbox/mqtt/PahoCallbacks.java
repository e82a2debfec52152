package dev.streetbox.mqtt;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Implements Paho's callbacks, which Paho's threads call. Each only adds an event to the queue,
 * because a callback that blocks, throws or calls Paho stops the client forever.
 */
final class PahoCallbacks implements MqttCallback {
  /** Limits the messages that wait: four times the queue of Mosquitto's defaults. */
  static final int MAX_WAITING = 4_000;

  /** Limits the size of these messages in bytes. */
  private static final long MAX_WAITING_BYTES = 4 << 20;

  /**
   * Raises both limits of a subscriber with a large Receive Maximum, to which Mosquitto sends many
   * times as much after its first PUBACKs: so many messages, and bytes, for each that was agreed.
   */
  private static final int WAITING_FOR_EACH = 50;

  private static final long BYTES_FOR_EACH = 50_000;

  private final WaitingEvents events;
  private final int receiveMaximum;
  private boolean isFlooded;

  /**
   * @param receiveMaximum how many unacknowledged messages the broker may send
   */
  PahoCallbacks(WaitingEvents events, int receiveMaximum) {
    this.events = events;
    this.receiveMaximum = receiveMaximum;
  }

  /**
   * Returns the listener of CONNECT.
   *
   * @param connected returns the event of an accepted connection
   */
  static MqttActionListener forConnect(
      WaitingEvents events, Supplier<ConnectionEvent.Connected> connected) {
    return listener(events, token -> events.add(connected.get()));
  }

  /** Returns the listener of PUBLISH. Paho reports a refusal as success, so the code is read. */
  static MqttActionListener forPublish(WaitingEvents events, AckCodes codes, long id) {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        AckCodes.Ack ack = codes.take(token.getMessageId());
        events.add(new ConnectionEvent.Answered(id, ack.code(), ack.reasonString()));
      }

      @Override
      public void onFailure(IMqttToken token, Throwable thrown) {
        // The broker may have the message or not; the loss that caused this is an event of its own.
      }
    };
  }

  /** Returns the listener of SUBSCRIBE. */
  static MqttActionListener forSubscribe(WaitingEvents events, AckCodes codes, String topicFilter) {
    return listener(
        events,
        token ->
            events.add(
                new ConnectionEvent.Subscribed(
                    codes.take(token.getMessageId()).code(), topicFilter)));
  }

  /** Returns the listener of DISCONNECT. */
  static MqttActionListener forDisconnect(WaitingEvents events) {
    return listener(
        events,
        token -> events.add(new ConnectionEvent.Lost(ConnectionFailure.network("disconnected"))));
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    // A DISCONNECT of the broker is thrown by its reader, so that Paho always has an exception.
    events.add(new ConnectionEvent.Lost(ConnectionFailure.of(response.getException())));
  }

  /**
   * {@inheritDoc} The messages that wait are limited: of QoS 0, which the Receive Maximum does not
   * cover, further ones are lost. The Receive Maximum itself is no limit: Mosquitto 2.0 sends up to
   * twenty queued messages of a durable session for each PUBACK, so that all of them wait at once.
   * A broker that sends more than a whole queue loses the connection.
   */
  @Override
  public void messageArrived(String topic, MqttMessage message) {
    int waiting = events.messages();
    boolean overAgreed = waiting >= 2L * receiveMaximum;
    boolean tooMany =
        waiting >= Math.max(MAX_WAITING, WAITING_FOR_EACH * receiveMaximum)
            || events.bytes() >= Math.max(MAX_WAITING_BYTES, BYTES_FOR_EACH * receiveMaximum);
    if (overAgreed && tooMany && !isFlooded) {
      isFlooded = true;
      events.add(
          new ConnectionEvent.Lost(
              ConnectionFailure.network("the broker sends more messages at once than agreed")));
    }
    if (isFlooded || (message.getQos() == 0 && waiting >= receiveMaximum)) {
      return;
    }
    events.add(
        new ConnectionEvent.Arrived(
            arrived(topic, message), message.getQos() == 0 ? 0 : message.getId()));
  }

  private static Message arrived(String topic, MqttMessage message) {
    Optional<MqttProperties> properties = Optional.ofNullable(message.getProperties());
    String contentType = properties.map(MqttProperties::getContentType).orElse("");
    Message plain = new Message(topic, message.getPayload(), contentType, message.isRetained());
    int omittedBytes =
        properties.stream()
            .flatMap(all -> all.getUserProperties().stream())
            .filter(property -> property.getKey().equals(IncomingPackets.OMITTED))
            .mapToInt(property -> Integer.parseInt(property.getValue()))
            .findFirst()
            .orElse(0);
    return plain
        .correlatedBy(properties.map(MqttProperties::getCorrelationData).orElse(new byte[0]))
        .repeated(message.isDuplicate())
        .without(omittedBytes);
  }

  @Override
  public void mqttErrorOccurred(MqttException thrown) {
    // An error that matters ends the connection, which is an event of its own.
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // Paho calls this for refused messages too; the listener of each message has the reason code.
  }

  @Override
  public void connectComplete(boolean reconnect, String uri) {
    // The listener of CONNECT has added the event.
  }

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {
    // Enhanced authentication is not used.
  }

  private static MqttActionListener listener(WaitingEvents events, Consumer<IMqttToken> success) {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        success.accept(token);
      }

      @Override
      public void onFailure(IMqttToken token, Throwable thrown) {
        events.add(new ConnectionEvent.Lost(ConnectionFailure.of(thrown)));
      }
    };
  }
}
