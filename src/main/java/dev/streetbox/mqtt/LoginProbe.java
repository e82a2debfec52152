package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Logs in and publishes messages for a {@link BrokerProbe}, each as a step of its own. */
final class LoginProbe {
  /** Limits the wait for CONNACK, and that for PUBACK. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(6);

  private static final Duration DISCONNECT_LIMIT = Duration.ofSeconds(1);
  private static final int NOT_AUTHORIZED = 0x87;

  private final BrokerSettings settings;
  private final Session session;
  private final List<Message> trials;
  private final Time time;

  /**
   * @param trials the messages to publish
   * @param time real time
   */
  LoginProbe(BrokerSettings settings, Session session, List<Message> trials, Time time) {
    this.settings = settings;
    this.session = session;
    this.trials = List.copyOf(trials);
    this.time = time;
  }

  /**
   * Begins a connection; the caller drops it.
   *
   * @throws ProbeException if the login cannot be read
   */
  Connection open() throws ProbeException {
    try {
      return new PahoConnector(settings, PahoConnector.BOX_PACKET_BYTES, time)
          .open(session, () -> KnownTime.ofSystemClock(time));
    } catch (IOException e) {
      throw new ProbeException(e.getMessage(), e);
    }
  }

  /**
   * Waits for CONNACK.
   *
   * @throws ProbeException if the broker refuses, or does not answer in time
   * @throws IOException if the thread was interrupted
   */
  void awaitConnected(Connection connection) throws IOException {
    await(connection, ConnectionEvent.Connected.class, "the broker does not answer the login");
  }

  /**
   * Publishes each message at QoS 1 and waits for its PUBACK.
   *
   * @throws ProbeException if the broker refuses, or does not answer in time
   * @throws IOException if the thread was interrupted
   */
  void publish(Connection connection) throws IOException {
    for (int i = 0; i < trials.size(); i++) {
      publish(connection, i, trials.get(i));
    }
  }

  private void publish(Connection connection, long id, Message trial) throws IOException {
    connection.publish(id, trial);
    ConnectionEvent.Answered answer =
        await(connection, ConnectionEvent.Answered.class, "the broker does not answer a message");
    if (answer.code() >= 0x80) {
      String code = ConnectionFailure.hex(answer.code(), answer.reasonString());
      String reason = answer.code() == NOT_AUTHORIZED ? " not authorized: its ACL" : "";
      throw new ProbeException(
          "the broker refuses messages to %s, %s%s".formatted(trial.topic(), code, reason));
    }
  }

  /**
   * Sends DISCONNECT and waits until it is sent, 1 s at most.
   *
   * @throws IOException if the thread was interrupted
   */
  void disconnect(Connection connection) throws IOException {
    connection.disconnect();
    Optional<ConnectionEvent> unused = connection.await(DISCONNECT_LIMIT);
  }

  /**
   * Waits for the next event of a type. Messages that the broker still holds for the box are not
   * acknowledged, so the broker keeps them.
   */
  private <T extends ConnectionEvent> T await(Connection connection, Class<T> type, String timeout)
      throws IOException {
    long limitMs = time.tickMs() + ANSWER_LIMIT.toMillis();
    while (time.tickMs() < limitMs) {
      Optional<ConnectionEvent> event =
          connection.await(Duration.ofMillis(limitMs - time.tickMs()));
      if (event.isPresent() && event.get() instanceof ConnectionEvent.Lost lost) {
        throw new ProbeException(lost.cause().text());
      }
      if (event.filter(type::isInstance).isPresent()) {
        return type.cast(event.get());
      }
    }
    throw new ProbeException(timeout + ": no network, or it is no MQTT 5 broker");
  }
}
