package dev.streetbox.publish;

import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.mqtt.BrokerFeature;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * Subscribes to the box's commands on each connection. A broker that denies the subscription is a
 * fault; one that closes the connection because of it is spared for an hour, so that rows go on.
 * Used by the publisher's thread; all times are of the rows' clock.
 */
final class CommandSubscription {
  private static final String PLACE = "broker/cmd";

  /** The losses between SUBSCRIBE and SUBACK after which no subscription is tried for an hour. */
  private static final int MAX_LOSSES = 3;

  private static final Duration PAUSE = Duration.ofHours(1);

  private final CommandTopics topics;
  private final Faults faults;
  private boolean isPending;
  private int losses;
  private long pausedUntilMs = Long.MIN_VALUE;

  CommandSubscription(CommandTopics topics, Faults faults) {
    this.topics = topics;
    this.faults = faults;
  }

  /** Subscribes on a new connection. */
  void onConnected(Connection connection, ConnectionEvent.Connected connected, long nowMs) {
    isPending = nowMs >= pausedUntilMs;
    if (!isPending) {
      return;
    }
    Optional<String> former = topics.names().formerBox();
    if (connected.missing().contains(BrokerFeature.WILDCARD)) {
      topics.topics(topics.box()).forEach(connection::subscribeAsPublished);
      former.ifPresent(box -> topics.topics(box).forEach(connection::subscribeAsPublished));
    } else {
      connection.subscribeAsPublished(topics.filter(topics.box()));
      former.ifPresent(box -> connection.subscribeAsPublished(topics.filter(box)));
    }
  }

  /** Applies the broker's answer to a subscription. */
  void onSubscribed(ConnectionEvent.Subscribed answer, long nowMs) {
    isPending = false;
    losses = 0;
    if (!answer.topicFilter().startsWith(topics.filter(topics.box()).replace("/#", ""))) {
      return; // The topics of the day before are allowed or denied like those of today.
    }
    if (answer.code() >= 0x80) {
      raise(
          "the broker denies the subscription to %s (0x%02x), so no command arrives: check its ACL"
              .formatted(answer.topicFilter(), answer.code()),
          nowMs);
    } else if (answer.code() == 0) {
      raise("the broker grants commands at QoS 0 only, so they are refused: allow QoS 1", nowMs);
    } else {
      faults.clear(PLACE);
    }
  }

  /** Applies a loss of the connection. */
  void onConnectionLost(long nowMs) {
    if (isPending && ++losses >= MAX_LOSSES) {
      losses = 0;
      pausedUntilMs = nowMs + PAUSE.toMillis();
      raise(
          "the broker closes the connection at the subscription to commands, so none is tried for"
              + " an hour: check its ACL",
          nowMs);
    }
    isPending = false;
  }

  private void raise(String text, long nowMs) {
    faults.raise(Subsystem.BROKER, PLACE, text, nowMs);
  }
}
