package dev.streetbox.mqtt;

import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A broker within the test, reached through {@link ScriptedConnection}s. It answers in scripted
 * time, as the test tells it to; without a word from the test it takes everything after 50 ms.
 */
public final class ScriptedBroker implements Connector {
  /** What to answer a message. */
  public interface Answers {
    /** The reason code of the PUBACK; empty for none. */
    OptionalInt code(Message message);
  }

  /** What CONNACK says where the test says nothing else. */
  public static final ConnectionEvent.Connected WELCOME =
      new ConnectionEvent.Connected(65_535, Long.MAX_VALUE, false);

  private static final long ROUND_TRIP_MS = 50;

  private final ScriptedTime time;
  private final List<ScriptedConnection> connections = new ArrayList<>();
  private final List<Message> received = new ArrayList<>();
  private Optional<ConnectionEvent> welcome = Optional.of(WELCOME);
  private Optional<IOException> unopened = Optional.empty();
  private Answers answers = message -> OptionalInt.of(0);
  private long roundTripMs = ROUND_TRIP_MS;

  /** A broker that takes everything. */
  public ScriptedBroker(ScriptedTime time) {
    this.time = time;
  }

  /** Answers messages like that from now on. */
  public void answer(Answers next) {
    answers = next;
  }

  /** Answers every message with that reason code from now on. */
  public void answer(int code) {
    answers = message -> OptionalInt.of(code);
  }

  /** Answers no message from now on. */
  public void stayAway() {
    answers = message -> OptionalInt.empty();
  }

  /** Answers that long after each message from now on. */
  public void roundTrip(long ms) {
    roundTripMs = ms;
  }

  /** Answers each CONNECT with that from now on. */
  public void welcome(ConnectionEvent next) {
    welcome = Optional.of(next);
  }

  /** Answers no CONNECT from now on. */
  public void welcomeNobody() {
    welcome = Optional.empty();
  }

  /** Lets no connection be opened from now on. */
  public void letNothingOpen(String why) {
    unopened = Optional.of(new IOException(why));
  }

  /** Loses the last connection. */
  public void lose(ConnectionFailure failure) {
    last().add(new ConnectionEvent.Lost(failure), 0);
  }

  /** Delivers a message on the last connection. */
  public void deliver(Message message, int id) {
    last().add(new ConnectionEvent.Arrived(message, id), 0);
  }

  /** Every message that was published since the last call, on whatever connection. */
  public List<Message> received() {
    List<Message> messages = List.copyOf(received);
    received.clear();
    return messages;
  }

  /** The connections that were opened, in order. */
  public List<ScriptedConnection> connections() {
    return connections;
  }

  /** The last of them. */
  public ScriptedConnection last() {
    return connections.get(connections.size() - 1);
  }

  @Override
  public Connection open(Session session, Supplier<KnownTime> clock) throws IOException {
    if (unopened.isPresent()) {
      throw unopened.get();
    }
    ScriptedConnection connection = new ScriptedConnection(this, time, session, clock);
    connections.add(connection);
    welcome.ifPresent(event -> connection.add(event, roundTripMs));
    return connection;
  }

  /** A message has come on a connection. */
  void take(ScriptedConnection connection, long id, Message message) {
    received.add(message);
    OptionalInt code = answers.code(message);
    if (code.isPresent() && !connection.isDropped()) {
      connection.add(new ConnectionEvent.Answered(id, code.getAsInt()), roundTripMs);
    }
  }
}
