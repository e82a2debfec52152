package dev.streetbox.publish;

import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Reconnect;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Keeps how the link to the broker is, since when, and when the next attempt is due. Used by one
 * thread.
 */
final class LinkState {
  /** How the link is. */
  enum Phase {
    OFFLINE,
    CONNECTING,
    ONLINE;

    /** Returns the name in {@code status.json}. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** From the first SYN to the CONNACK, on the slowest link that is of any use. */
  private static final long CONNACK_MS = 30_000;

  private static final String PLACE = "broker";

  private final Clocks clocks;
  private final Faults faults;
  private final Reconnect reconnect;
  private Phase phase = Phase.OFFLINE;
  private long changedMs;
  private long nextAttemptMs;
  private long sinceMs;
  private long losses;
  private String lastTrouble = "";

  /**
   * @param random what the waits between attempts are drawn from
   */
  LinkState(Clocks clocks, RandomGenerator random, Faults faults) {
    this.clocks = clocks;
    this.faults = faults;
    this.reconnect = new Reconnect(random);
  }

  /** An attempt has begun. */
  void connecting() {
    change(Phase.CONNECTING);
  }

  /** The broker has accepted the connection. */
  void online() {
    change(Phase.ONLINE);
    faults.clear(PLACE);
  }

  /** The connection was not made, or is gone: the next attempt is due after a random wait. */
  void lost(ConnectionFailure failure) {
    long heldMs = 0;
    if (isOnline()) {
      heldMs = clocks.real().tickMs() - changedMs;
      losses++;
    }
    change(Phase.OFFLINE);
    lastTrouble = failure.text();
    faults.raise(Subsystem.BROKER, PLACE, failure.text(), clocks.rows().tickMs());
    nextAttemptMs = clocks.real().tickMs() + reconnect.waitMs(failure, heldMs);
  }

  /** The publisher has ended the connection: that is no loss. */
  void ended() {
    phase = Phase.OFFLINE;
  }

  /** The next attempt is due at once. */
  void hurry() {
    nextAttemptMs = 0;
  }

  boolean isOnline() {
    return phase == Phase.ONLINE;
  }

  /** Returns whether the next attempt may begin. */
  boolean isDue() {
    return clocks.real().tickMs() >= nextAttemptMs;
  }

  /** Returns whether an attempt has gone on for too long. */
  boolean isOverdue() {
    return phase == Phase.CONNECTING && clocks.real().tickMs() - changedMs > CONNACK_MS;
  }

  Phase phase() {
    return phase;
  }

  /** Returns since when the phase holds, in ticks of the boot. */
  long sinceMs() {
    return sinceMs;
  }

  /** Returns how many connections were lost. */
  long losses() {
    return losses;
  }

  /** Returns the last reason why there was no connection, or empty. */
  String lastTrouble() {
    return lastTrouble;
  }

  private void change(Phase next) {
    phase = next;
    changedMs = clocks.real().tickMs();
    sinceMs = clocks.rows().tickMs();
  }
}
