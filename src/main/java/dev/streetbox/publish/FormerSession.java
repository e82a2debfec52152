package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.KnownTime;
import dev.streetbox.mqtt.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes the commands that wait in the session of the day before, once a day, on a connection of its
 * own beside the present one, and lets that session expire. Used by the publisher's thread; all
 * times are real time.
 */
final class FormerSession {
  /** The time for which the broker keeps what could not be taken. */
  private static final Duration EXPIRY = Duration.ofHours(1);

  /** The silence after which nothing waits any more, in ms. */
  private static final long QUIET_MS = 3000;

  /** Limits one attempt, in ms. */
  private static final long LIMIT_MS = 60_000;

  private static final long PAUSE_MS = 60_000;
  private static final int MAX_ATTEMPTS = 3;

  private final Connector connector;
  private final Supplier<KnownTime> knownTime;
  private final PublishedNames names;
  private final TakenSession taken;
  private final CommandLane lane;
  private final Time time;
  private Optional<Connection> connection = Optional.empty();
  private String box = "";
  private boolean isConnected;
  private int attempts;
  private long nextMs = Long.MIN_VALUE;
  private long beganMs;
  private long lastEventMs;

  /**
   * @param knownTime the time by which certificates are verified; called by the connecting thread
   * @param time real time
   */
  FormerSession(
      Connector connector,
      Supplier<KnownTime> knownTime,
      PublishedNames names,
      TakenSession taken,
      CommandLane lane,
      Time time) {
    this.connector = connector;
    this.knownTime = knownTime;
    this.names = names;
    this.taken = taken;
    this.lane = lane;
    this.time = time;
  }

  /** Returns whether the session is being taken up. */
  boolean isOpen() {
    return connection.isPresent();
  }

  /** Does one step without waiting; called while the present connection is online. */
  void step() {
    if (connection.isEmpty()) {
      names.formerBox().filter(this::isDue).ifPresent(this::open);
      return;
    }
    Optional<ConnectionEvent> event = connection.get().poll();
    while (event.isPresent()) {
      handle(event.get());
      event = isOpen() ? connection.get().poll() : Optional.empty();
    }
    long nowMs = time.tickMs();
    boolean isQuiet = isConnected && nowMs - lastEventMs >= QUIET_MS;
    if (isOpen() && isQuiet && !lane.hasUnacknowledged(connection.get())) {
      finish();
    } else if (isOpen() && nowMs - beganMs >= LIMIT_MS) {
      drop();
    }
  }

  /** Drops the connection, if there is one. */
  void drop() {
    connection.ifPresent(
        current -> {
          current.drop();
          lane.forget(current);
        });
    connection = Optional.empty();
    isConnected = false;
    nextMs = time.tickMs() + PAUSE_MS;
  }

  private boolean isDue(String former) {
    return !taken.isTaken(former) && attempts < MAX_ATTEMPTS && time.tickMs() >= nextMs;
  }

  private void open(String former) {
    attempts++;
    box = former;
    beganMs = time.tickMs();
    lastEventMs = beganMs;
    try {
      Session session = Session.expiring(former, EXPIRY.toSeconds(), List.of());
      connection = Optional.of(connector.open(session, knownTime));
    } catch (IOException e) {
      nextMs = beganMs + PAUSE_MS; // The present connection's fault states the cause.
    }
  }

  private void handle(ConnectionEvent event) {
    lastEventMs = time.tickMs();
    if (event instanceof ConnectionEvent.Connected connected) {
      isConnected = true;
      if (!connected.sessionPresent()) {
        finish();
      }
    } else if (event instanceof ConnectionEvent.Arrived arrived) {
      lane.onArrived(connection.orElseThrow(), arrived);
    } else if (event instanceof ConnectionEvent.Lost) {
      drop();
    }
  }

  private void finish() {
    taken.mark(box);
    connection.orElseThrow().disconnect(); // Its loss is the last event.
    isConnected = false;
  }
}
