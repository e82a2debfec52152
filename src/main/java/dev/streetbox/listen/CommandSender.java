package dev.streetbox.listen;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.KnownTime;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sends one command to a box and waits for the answer. Used by one thread, once. */
public final class CommandSender implements AutoCloseable {
  /** The PUBACK of a message that no session is subscribed to. */
  private static final int NO_SUBSCRIBER = 0x10;

  private static final Duration MAX_WAIT = Duration.ofMillis(200);

  /** Limits the wait for the broker at each step, in ms. */
  private static final long BROKER_LIMIT_MS = 30_000;

  /**
   * Holds a command to send.
   *
   * @param topic the topic of commands
   * @param answerTopic the topic of answers
   * @param body the JSON
   * @param expiryS the seconds after which the broker deletes what it could not deliver
   */
  public record Request(String topic, String answerTopic, String body, long expiryS) {}

  /**
   * Holds what became of a command.
   *
   * @param answer the JSON of the answer; empty if none came in time
   * @param hasReceiver whether any session is subscribed to the topic, so that the command waits
   *     for the box
   */
  public record Result(Optional<String> answer, boolean hasReceiver) {}

  private final Connector connector;
  private final Time time;
  private final byte[] correlation = new byte[8];
  private final Session session;
  private Optional<Connection> connection = Optional.empty();
  private Optional<String> answer = Optional.empty();

  /**
   * Creates a sender that has not opened a connection.
   *
   * @param time real time
   * @param random the source of client id and Correlation Data
   */
  public CommandSender(Connector connector, Time time, RandomGenerator random) {
    this.connector = connector;
    this.time = time;
    random.nextBytes(correlation);
    this.session = Session.clean("command-" + HexFormat.of().formatHex(correlation));
  }

  /**
   * Sends the command and waits for its answer.
   *
   * @param limit the longest wait for the answer, after the broker has the command
   * @throws IOException if the broker cannot be reached, or denies the topic of commands or answers
   */
  public Result send(Request request, Duration limit) throws IOException {
    connection = Optional.of(connector.open(session, () -> KnownTime.ofSystemClock(time)));
    Connection open = connection.get();
    if (await(open, ConnectionEvent.Connected.class, BROKER_LIMIT_MS).isEmpty()) {
      throw new IOException("the broker does not answer");
    }
    open.subscribe(request.answerTopic());
    int granted =
        await(open, ConnectionEvent.Subscribed.class, BROKER_LIMIT_MS)
            .map(ConnectionEvent.Subscribed::code)
            .orElseThrow(() -> new IOException("the broker does not answer SUBSCRIBE"));
    if (granted >= 0x80) {
      throw denied("answers on " + request.answerTopic(), granted);
    }
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    open.publish(
        1,
        new Message(request.topic(), body, Encoding.JSON.contentType(), false)
            .correlatedBy(correlation)
            .expiringAfter(request.expiryS()));
    int code =
        await(open, ConnectionEvent.Answered.class, BROKER_LIMIT_MS)
            .map(ConnectionEvent.Answered::code)
            .orElseThrow(() -> new IOException("the broker does not acknowledge the command"));
    if (code >= 0x80) {
      throw denied(request.topic(), code);
    }
    if (answer.isEmpty()) {
      var unused = await(open, ConnectionEvent.Arrived.class, limit.toMillis());
    }
    return new Result(answer, code != NO_SUBSCRIBER);
  }

  /** Sends DISCONNECT and closes the connection. */
  @Override
  public void close() {
    connection.ifPresent(
        open -> {
          open.disconnect();
          try {
            var unused = await(open, ConnectionEvent.Lost.class, MAX_WAIT.toMillis());
          } catch (IOException e) {
            // The connection is dropped without waiting for DISCONNECT to be sent.
          }
          open.drop();
        });
  }

  /**
   * Waits for an event of a kind; of the messages that arrive only the answer counts.
   *
   * @throws IOException if the connection is lost
   */
  private <T extends ConnectionEvent> Optional<T> await(
      Connection open, Class<T> kind, long limitMs) throws IOException {
    long endMs = time.tickMs() + limitMs;
    while (time.tickMs() < endMs) {
      Optional<ConnectionEvent> event = next(open, endMs);
      boolean counts =
          !(event.orElse(null) instanceof ConnectionEvent.Arrived arrived)
              || isAnswer(open, arrived);
      if (event.isPresent() && counts && kind.isInstance(event.get())) {
        return event.map(kind::cast);
      }
      if (event.isPresent() && event.get() instanceof ConnectionEvent.Lost loss) {
        throw new IOException(loss.cause().text());
      }
    }
    return Optional.empty();
  }

  private Optional<ConnectionEvent> next(Connection open, long endMs)
      throws InterruptedIOException {
    long leftMs = Math.max(1, endMs - time.tickMs());
    return open.await(Duration.ofMillis(Math.min(MAX_WAIT.toMillis(), leftMs)));
  }

  private boolean isAnswer(Connection open, ConnectionEvent.Arrived arrived) {
    open.acknowledge(arrived);
    Message message = arrived.message();
    if (message.omittedBytes() > 0 || !Arrays.equals(message.correlationData(), correlation)) {
      return false;
    }
    answer = Optional.of(new String(message.payload(), StandardCharsets.UTF_8));
    return true;
  }

  private static IOException denied(String what, int code) {
    return new IOException("the broker denies %s (0x%02x): check its ACL".formatted(what, code));
  }
}
