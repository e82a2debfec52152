package dev.streetbox.publish;

import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Reconnect;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Keeps the state of the link to the broker, its start, and the time of the next attempt. Used by
 * one thread.
 */
final class LinkState {
  /** Names the states of the link. */
  enum Phase {
    OFFLINE,
    CONNECTING,
    ONLINE;

    /** Returns the name in {@code status.json}. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String TWO_BOXES =
      "; it accepts and closes again and again within seconds: two boxes with one id?";

  /** Limits the time from the first SYN to CONNACK, in ms, for a slow link. */
  private static final long CONNACK_MS = 30_000;

  /** The shortest time from one attempt to the next, in ms, whatever the broker answers. */
  private static final long MIN_GAP_MS = 1000;

  private static final String PLACE = "broker";

  private final Clocks clocks;
  private final Faults faults;
  private final Reconnect reconnect;
  private Phase phase = Phase.OFFLINE;
  private long changedMs;
  private long attemptMs;
  private long nextAttemptMs;

  /** Holds when the broker last accepted or answered anything, in ms of the rows' clock. */
  private long answeredMs;

  private long onlineSinceMs;
  private long losses;
  private String lastCause = "";

  /**
   * @param random the source of the waits between attempts
   */
  LinkState(Clocks clocks, RandomGenerator random, Faults faults) {
    this.clocks = clocks;
    this.faults = faults;
    this.reconnect = new Reconnect(random);
  }

  /** Notes that an attempt has begun. */
  void onConnecting() {
    change(Phase.CONNECTING);
    attemptMs = changedMs;
  }

  /** Notes that the broker has accepted the connection. */
  void onConnected() {
    change(Phase.ONLINE);
    onlineSinceMs = clocks.rows().tickMs();
    onAnswered();
    faults.clear(PLACE);
  }

  /** Notes that the broker has answered a message. */
  void onAnswered() {
    answeredMs = clocks.rows().tickMs();
  }

  /** Notes that the connection was not made or is lost, and draws the time of the next attempt. */
  void onLost(ConnectionFailure cause) {
    long heldMs = 0;
    if (isOnline()) {
      heldMs = Math.max(1, clocks.real().tickMs() - changedMs);
      losses++;
    }
    change(Phase.OFFLINE);
    long drawnMs = clocks.real().tickMs() + reconnect.nextWaitMs(cause, heldMs);
    nextAttemptMs = Math.max(drawnMs, attemptMs + MIN_GAP_MS);
    boolean silent = heldMs > 0 && cause.kind() == ConnectionFailure.Kind.NETWORK;
    boolean hinted = silent && reconnect.isClosedAgainAndAgain();
    lastCause = cause.text() + (hinted ? TWO_BOXES : "");
    faults.raise(Subsystem.BROKER, PLACE, lastCause, clocks.rows().tickMs());
  }

  /** Notes that the publisher closed the connection, which does not count as a loss. */
  void onClosed() {
    phase = Phase.OFFLINE;
  }

  /** Makes the next attempt due at once. */
  void retryNow() {
    nextAttemptMs = 0;
  }

  boolean isOnline() {
    return phase == Phase.ONLINE;
  }

  /** Returns whether the next attempt may begin. */
  boolean isDue() {
    return clocks.real().tickMs() >= nextAttemptMs;
  }

  /** Returns whether a running attempt has reached its time limit. */
  boolean isOverdue() {
    return phase == Phase.CONNECTING && clocks.real().tickMs() - changedMs > CONNACK_MS;
  }

  Phase phase() {
    return phase;
  }

  /**
   * Returns when the connection was made, or without one when the broker last answered, in ms of
   * the rows' clock; 0 if it never did. Attempts in between do not count.
   */
  long sinceMs() {
    return isOnline() ? onlineSinceMs : answeredMs;
  }

  /** Returns the number of connections lost. */
  long losses() {
    return losses;
  }

  /** Returns why the last connection was lost or not made; empty if none was. */
  String lastCause() {
    return lastCause;
  }

  private void change(Phase next) {
    phase = next;
    changedMs = clocks.real().tickMs();
  }
}
