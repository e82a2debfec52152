package dev.streetbox.mqtt;

import dev.streetbox.bus.Interruption;
import dev.streetbox.bus.ScriptedTime;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Connects to a {@link ScriptedBroker}; waiting for events advances the scripted time. */
public final class ScriptedConnection implements Connection {
  private record Due(long atMs, ConnectionEvent event) {}

  private final ScriptedBroker broker;
  private final ScriptedTime time;
  private final Session session;
  private final Supplier<KnownTime> clock;
  private final List<Due> events = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();
  private final List<Integer> acknowledged = new ArrayList<>();
  private boolean disconnected;
  private boolean dropped;

  ScriptedConnection(
      ScriptedBroker broker, ScriptedTime time, Session session, Supplier<KnownTime> clock) {
    this.broker = broker;
    this.time = time;
    this.session = session;
    this.clock = clock;
  }

  /** Returns the session of the connection. */
  public Session session() {
    return session;
  }

  /** Returns the time by which certificates would be verified. */
  public KnownTime clock() {
    return clock.get();
  }

  /** Returns the topic filters of all SUBSCRIBEs, in order. */
  public List<String> filters() {
    return filters;
  }

  /** Returns the ids of the messages that were acknowledged, in order. */
  public List<Integer> acknowledged() {
    return acknowledged;
  }

  /** Returns whether DISCONNECT was sent. */
  public boolean isDisconnected() {
    return disconnected;
  }

  /** Returns whether the connection was dropped. */
  public boolean isDropped() {
    return dropped;
  }

  /** Adds an event that becomes due later by so many ms. */
  public void add(ConnectionEvent event, long laterMs) {
    events.add(new Due(time.tickMs() + laterMs, event));
  }

  @Override
  public Optional<ConnectionEvent> poll() {
    for (Due due : events) {
      if (due.atMs() <= time.tickMs()) {
        events.remove(due);
        return Optional.of(due.event());
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<ConnectionEvent> await(Duration limit) throws InterruptedIOException {
    if (Thread.interrupted()) {
      throw Interruption.of(new InterruptedException(), "interrupted while waiting");
    }
    long endMs = time.tickMs() + limit.toMillis();
    long nextMs = events.stream().mapToLong(Due::atMs).min().orElse(endMs);
    long waitMs = Math.min(endMs, nextMs) - time.tickMs();
    time.pass(Duration.ofMillis(Math.max(0, waitMs)));
    return poll();
  }

  @Override
  public void wake() {
    add(new ConnectionEvent.Woken(), 0);
  }

  @Override
  public void publish(long id, Message message) {
    broker.receive(this, id, message);
  }

  @Override
  public void subscribe(String topicFilter) {
    filters.add(topicFilter);
  }

  @Override
  public void subscribeAsPublished(String topicFilter) {
    filters.add(topicFilter);
    broker.onSubscribed(this, topicFilter);
  }

  @Override
  public void acknowledge(ConnectionEvent.Arrived arrived) {
    acknowledged.add(arrived.id());
  }

  @Override
  public void disconnect() {
    disconnected = true;
    add(new ConnectionEvent.Lost(ConnectionFailure.network("disconnected")), 0);
  }

  @Override
  public void drop() {
    dropped = true;
  }
}
