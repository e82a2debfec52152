package dev.streetbox.mqtt;

import dev.streetbox.bus.Interruption;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Implements one connection by one Paho client, which is not used again: a client of Paho 1.2.5
 * that is used again, or that reconnects or resends by itself, hangs or corrupts topics.
 */
final class PahoConnection implements Connection {
  private static final int QOS = 1;

  /** The Retain Handling that sends retained messages to a new subscription only (3.8.3.1). */
  private static final int RETAINED_IF_NEW = 1;

  private static final ConnectionFailure ADDRESS_GONE =
      new ConnectionFailure(
          "the box no longer has the address from which it was connected",
          ConnectionFailure.Kind.SILENCE);

  private static final ConnectionFailure BROKER_MOVED =
      new ConnectionFailure(
          "the broker does not answer, and its name now has other addresses",
          ConnectionFailure.Kind.SILENCE);

  /** Limits a wait while an answer is missing, so that a silent broker is noticed, in ms. */
  private static final long CHECK_MS = 250;

  private final MqttAsyncClient client;
  private final BrokerSocket socket;
  private final RetainSupport retain;
  private final WaitingEvents events;
  private final OverdueAnswers answers;

  /**
   * @param client a client that is connecting, whose callbacks add to the events
   * @param time real time
   */
  PahoConnection(
      MqttAsyncClient client,
      BrokerSocket socket,
      RetainSupport retain,
      WaitingEvents events,
      Time time) {
    this.client = client;
    this.socket = socket;
    this.retain = retain;
    this.events = events;
    this.answers = new OverdueAnswers(time);
  }

  @Override
  public Optional<ConnectionEvent> poll() {
    return taken(events.poll());
  }

  @Override
  public Optional<ConnectionEvent> await(Duration limit) throws InterruptedIOException {
    try {
      long limitMs = answers.isMissing() ? Math.min(CHECK_MS, limit.toMillis()) : limit.toMillis();
      ConnectionEvent event = events.poll(limitMs);
      if (event == null || event instanceof ConnectionEvent.Woken) {
        // A wait may end by new rows only, one a second, and never by its limit.
        Optional<ConnectionEvent> change = changeOfAddress();
        return change.isPresent() ? change : Optional.ofNullable(event);
      }
      return taken(event);
    } catch (InterruptedException e) {
      throw Interruption.of(e, "interrupted while waiting");
    }
  }

  /** Returns the loss of a connection between addresses of which one is no longer in use. */
  private Optional<ConnectionEvent> changeOfAddress() {
    if (socket.isAddressGone()) {
      return Optional.of(new ConnectionEvent.Lost(ADDRESS_GONE));
    }
    // The name is resolved only while the broker is silent, because each lookup costs traffic.
    return answers.isSilent() && socket.isBrokerMoved()
        ? Optional.of(new ConnectionEvent.Lost(BROKER_MOVED))
        : Optional.empty();
  }

  @Override
  public void wake() {
    events.add(new ConnectionEvent.Woken());
  }

  @Override
  public void publish(long id, Message message) {
    answers.onPublished();
    try {
      client.publish(
          message.topic(),
          toPaho(message, retain.isAvailable()),
          "publish",
          PahoCallbacks.forPublish(events, socket.codes(), id));
    } catch (MqttException e) {
      addLost(e);
    }
  }

  @Override
  public void subscribe(String topicFilter) {
    subscribe(new MqttSubscription(topicFilter, QOS));
  }

  @Override
  public void subscribeAsPublished(String topicFilter) {
    MqttSubscription subscription = new MqttSubscription(topicFilter, QOS);
    subscription.setRetainAsPublished(true);
    subscription.setRetainHandling(RETAINED_IF_NEW);
    subscribe(subscription);
  }

  private void subscribe(MqttSubscription subscription) {
    try {
      client.subscribe(
          new MqttSubscription[] {subscription},
          "subscribe",
          PahoCallbacks.forSubscribe(events, socket.codes(), subscription.getTopic()),
          new MqttProperties());
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

  private Optional<ConnectionEvent> taken(ConnectionEvent event) {
    if (event instanceof ConnectionEvent.Answered) {
      answers.onAnswered();
    }
    int keepAliveS = socket.connack().map(Connack::keepAliveS).orElse(0);
    if (event instanceof ConnectionEvent.Connected
        && keepAliveS > 0
        && keepAliveS < PahoConnector.KEEP_ALIVE_S) {
      beginPings();
    }
    return Optional.ofNullable(event);
  }

  /**
   * Schedules PINGREQ by the Keep Alive that CONNACK has set; Paho 1.2.5 has scheduled the first by
   * the client's own, which may be too late.
   */
  private void beginPings() {
    try {
      client.checkPing("ping", null);
    } catch (MqttException e) {
      addLost(e);
    }
  }

  /**
   * Returns the message in Paho's form.
   *
   * @param retainAvailable whether the broker accepts a retained message
   */
  static MqttMessage toPaho(Message message, boolean retainAvailable) {
    // Each message has properties of its own, because Paho writes topic aliases into them.
    MqttProperties properties = new MqttProperties();
    if (!message.contentType().isEmpty()) {
      properties.setContentType(message.contentType());
    }
    if (message.expiryS() > 0) {
      properties.setMessageExpiryInterval(message.expiryS());
    }
    if (message.correlationData().length > 0) {
      properties.setCorrelationData(message.correlationData());
    }
    boolean retained = message.retained() && retainAvailable;
    return new MqttMessage(message.payload(), QOS, retained, properties);
  }
}
