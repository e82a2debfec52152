package dev.streetbox.mqtt;

import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Simulates a broker that is reached through {@link ScriptedConnection}s. The test sets its
 * answers; by default it accepts everything after 50 ms of scripted time.
 */
public final class ScriptedBroker implements Connector {
  /** Chooses the answer to a message. */
  public interface Answers {
    /** Returns the reason code of the PUBACK; empty for no PUBACK. */
    OptionalInt code(Message message);
  }

  /** The default CONNACK. */
  public static final ConnectionEvent.Connected CONNACK =
      new ConnectionEvent.Connected(65_535, Long.MAX_VALUE, false);

  private static final long ROUND_TRIP_MS = 50;

  private final ScriptedTime time;
  private final List<ScriptedConnection> connections = new ArrayList<>();
  private final List<Message> received = new ArrayList<>();
  private Optional<ConnectionEvent> connack = Optional.of(CONNACK);
  private Optional<IOException> openError = Optional.empty();
  private Answers answers = message -> OptionalInt.of(0);
  private long roundTripMs = ROUND_TRIP_MS;
  private int suback = 1;
  private Optional<ToLongFunction<Message>> answerMs = Optional.empty();

  /** Creates a broker that accepts everything. */
  public ScriptedBroker(ScriptedTime time) {
    this.time = time;
  }

  /** Sets the answers to messages. */
  public void answer(Answers next) {
    answers = next;
  }

  /** Sets one reason code for every message. */
  public void answer(int code) {
    answers = message -> OptionalInt.of(code);
  }

  /** Makes the broker answer no message. */
  public void answerNothing() {
    answers = message -> OptionalInt.empty();
  }

  /** Sets the time from a message to its answer, in ms. */
  public void roundTrip(long ms) {
    roundTripMs = ms;
  }

  /** Sets the time from each message to its answer, in ms; CONNACKs keep theirs. */
  public void answerAfter(ToLongFunction<Message> ms) {
    answerMs = Optional.of(ms);
  }

  /** Sets the answer to each CONNECT. */
  public void connack(ConnectionEvent next) {
    connack = Optional.of(next);
  }

  /** Makes the broker answer no CONNECT. */
  public void sendNoConnack() {
    connack = Optional.empty();
  }

  /** Makes {@link #open} throw. */
  public void refuseToOpen(String why) {
    openError = Optional.of(new IOException(why));
  }

  /** Ends the last connection with a cause. */
  public void lose(ConnectionFailure failure) {
    last().add(new ConnectionEvent.Lost(failure), 0);
  }

  /** Ends the last connection with the reason code of a DISCONNECT. */
  public void disconnect(int code) {
    lose(ReasonCode.inDisconnect(code, ""));
  }

  /** Refuses each CONNECT with a reason code; 0 accepts it. */
  public void connack(int code) {
    connack(code == 0 ? CONNACK : new ConnectionEvent.Lost(ReasonCode.inConnack(code, "")));
  }

  /** Delivers a message on the last connection. */
  public void deliver(Message message, int id) {
    last().add(new ConnectionEvent.Arrived(message, id), 0);
  }

  /** Removes and returns the messages that were published, on all connections. */
  public List<Message> received() {
    List<Message> messages = List.copyOf(received);
    received.clear();
    return messages;
  }

  /** Returns the connections that were opened, in order. */
  public List<ScriptedConnection> connections() {
    return connections;
  }

  /** Returns the connection that was opened last. */
  public ScriptedConnection last() {
    return connections.get(connections.size() - 1);
  }

  @Override
  public Connection open(Session session, Supplier<KnownTime> clock) throws IOException {
    if (openError.isPresent()) {
      throw openError.get();
    }
    ScriptedConnection connection = new ScriptedConnection(this, time, session, clock);
    connections.add(connection);
    connack.ifPresent(event -> connection.add(event, roundTripMs));
    return connection;
  }

  /** Sets the reason code of each SUBACK. */
  public void suback(int code) {
    suback = code;
  }

  /** Answers a subscription to commands. */
  void onSubscribed(ScriptedConnection connection, String topicFilter) {
    connection.add(new ConnectionEvent.Subscribed(suback, topicFilter), roundTripMs);
  }

  /** Receives a message on a connection. */
  void receive(ScriptedConnection connection, long id, Message message) {
    received.add(message);
    OptionalInt code = answers.code(message);
    if (code.isPresent() && !connection.isDropped()) {
      long laterMs = answerMs.map(ms -> ms.applyAsLong(message)).orElse(roundTripMs);
      connection.add(new ConnectionEvent.Answered(id, code.getAsInt()), laterMs);
    }
  }
}
