package dev.streetbox.mqtt;

import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Paho's callbacks, called by its threads. Each only puts an event into the queue: one that blocks,
 * throws or calls Paho again stops the client for ever.
 */
final class PahoCallbacks implements MqttCallback {
  private final Queue<ConnectionEvent> events;

  PahoCallbacks(Queue<ConnectionEvent> events) {
    this.events = events;
  }

  /** For CONNECT. */
  static MqttActionListener connected(Queue<ConnectionEvent> events) {
    return listener(
        events,
        token -> {
          // Null where the broker has sent no such property.
          MqttProperties said = token.getResponseProperties();
          events.add(
              new ConnectionEvent.Connected(
                  Optional.ofNullable(said.getReceiveMaximum()).orElse(65_535),
                  Optional.ofNullable(said.getMaximumPacketSize()).orElse(Long.MAX_VALUE),
                  token.getSessionPresent()));
        });
  }

  /** For PUBLISH: a refusal is a success to Paho, so the reason code is what counts. */
  static MqttActionListener answered(Queue<ConnectionEvent> events, long id) {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        events.add(new ConnectionEvent.Answered(id, code(token)));
      }

      @Override
      public void onFailure(IMqttToken token, Throwable thrown) {
        // In doubt: the broker may have it. The loss that caused this is told by itself.
      }
    };
  }

  /** For SUBSCRIBE. */
  static MqttActionListener subscribed(Queue<ConnectionEvent> events) {
    return listener(events, token -> events.add(new ConnectionEvent.Subscribed(code(token))));
  }

  /** For DISCONNECT. */
  static MqttActionListener disconnected(Queue<ConnectionEvent> events) {
    return listener(
        events,
        token -> events.add(new ConnectionEvent.Lost(ConnectionFailure.network("disconnected"))));
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    MqttException thrown = response.getException();
    String said = Optional.ofNullable(response.getReasonString()).orElse("");
    events.add(
        new ConnectionEvent.Lost(
            thrown == null
                ? ConnectionFailure.ofCode(response.getReturnCode(), said)
                : ConnectionFailure.of(thrown)));
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    String contentType =
        Optional.ofNullable(message.getProperties()).map(MqttProperties::getContentType).orElse("");
    events.add(
        new ConnectionEvent.Arrived(
            new Message(topic, message.getPayload(), contentType, message.isRetained()),
            message.getQos() == 0 ? 0 : message.getId()));
  }

  @Override
  public void mqttErrorOccurred(MqttException thrown) {
    // What matters ends the connection, and that is told by itself.
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // Also called for refused messages; the listener of each message knows better.
  }

  @Override
  public void connectComplete(boolean reconnect, String uri) {
    // The listener of CONNECT has told.
  }

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {
    // Enhanced authentication is not used.
  }

  private static int code(IMqttToken token) {
    int[] codes = token.getReasonCodes();
    return codes == null || codes.length == 0 ? 0 : codes[0];
  }

  private static MqttActionListener listener(
      Queue<ConnectionEvent> events, Consumer<IMqttToken> success) {
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
