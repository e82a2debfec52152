package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.mqtt.BrokerFeature;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.DeliveryOutcome;
import java.util.Set;

/** Raises and clears the faults of the box's topics by the broker's answers. Used by one thread. */
final class TopicFaults {
  private static final String PACKET_SIZE = "broker/packet-size";

  private static final String RETAIN = "broker/retain";

  /** The topics whose messages are not retained and that a backend is to receive. */
  private static final Set<String> AWAITED = Set.of("live", "backlog", "event");

  private final Faults faults;
  private final Time time;
  private final MissingSubscribers missing = new MissingSubscribers();

  /**
   * @param time the clock of rows
   */
  TopicFaults(Faults faults, Time time) {
    this.faults = faults;
    this.time = time;
  }

  /**
   * Raises or clears the fault of a topic.
   *
   * @param topic the last level of the topic
   * @param answer the broker's answer, whose code and Reason String the text tells
   */
  void onAnswer(String topic, DeliveryOutcome outcome, ConnectionEvent.Answered answer) {
    String place = "broker/" + topic;
    String hex = " (" + ConnectionFailure.hex(answer.code(), answer.reasonString()) + ")";
    switch (outcome) {
      case DELIVERED -> {
        faults.clear(place);
        onDelivered(topic, answer.code());
      }
      case HOLD ->
          raise(Subsystem.BROKER, place, "the broker denies this topic: check its ACL" + hex);
      case LATER -> raise(Subsystem.BROKER, place, "the broker does not accept it now" + hex);
      case SPLIT -> raise(Subsystem.BROKER, place, "the broker refuses a message" + hex);
      case TOO_LARGE ->
          raise(Subsystem.BROKER, place, "a message is larger than the broker accepts" + hex);
    }
  }

  /** Raises or clears the fault of a topic to which nobody subscribes. */
  private void onDelivered(String topic, int code) {
    String place = "subscribers/" + topic;
    if (code != DeliveryOutcome.NO_SUBSCRIBER) {
      missing.onSubscriber(topic);
      faults.clear(place);
    } else if (AWAITED.contains(topic) && missing.onNoSubscriber(topic, time.tickMs())) {
      raise(
          Subsystem.BROKER,
          place,
          "messages on "
              + topic
              + ": the broker has them, and nobody subscribes (0x10). Start the backend's"
              + " subscriber, with a durable session");
    }
  }

  /** Raises or clears the fault of a topic of an id that the box had before. */
  void onAnswerToOtherId(
      String id, String topic, DeliveryOutcome outcome, ConnectionEvent.Answered answer) {
    if (outcome == DeliveryOutcome.HOLD) {
      onOtherIdDenied(id);
    } else {
      if (outcome == DeliveryOutcome.DELIVERED) {
        faults.clear(otherPlace(id));
      }
      onAnswer(topic, outcome, answer);
    }
  }

  /** Raises the fault of an id that the box had before, and whose topics the broker denies. */
  void onOtherIdDenied(String id) {
    raise(
        Subsystem.BROKER,
        otherPlace(id),
        "the broker denies the topics of "
            + id
            + ", under which rows here were measured: they wait. Try: streetbox outbox export; or"
            + " let the broker's ACL allow both ids");
  }

  private static String otherPlace(String id) {
    return "broker/" + id;
  }

  /** Raises the fault of a row that is not sent again, because the broker refuses it. */
  void onRefusedRow(Range row) {
    raise(
        Subsystem.BROKER,
        "broker/backlog",
        "the broker refuses row %d of boot %d: declared dropped"
            .formatted(row.first(), row.boot()));
  }

  /** Raises the fault of a row that was to be sent once more, and that the broker refuses. */
  void onRefusedResend(Range row) {
    raise(
        Subsystem.BROKER,
        "broker/backlog",
        "the broker refuses to take row %d of boot %d once more: it is not sent again"
            .formatted(row.first(), row.boot()));
  }

  /** Raises the fault of a row that is above the broker's Maximum Packet Size. */
  void onRowTooLarge() {
    raise(
        Subsystem.BROKER,
        PACKET_SIZE,
        "a row is larger than a packet that the broker accepts, so it waits: raise the broker's"
            + " maximum packet size");
  }

  /** Clears the fault of a row that is too large, because the oldest rows are accepted. */
  void onOldestRowAccepted() {
    faults.clear(PACKET_SIZE);
  }

  /** Raises or clears the fault of a broker that does not offer a feature. */
  void onFeatures(Set<BrokerFeature> missing) {
    if (missing.contains(BrokerFeature.RETAIN)) {
      raise(
          Subsystem.BROKER,
          RETAIN,
          "the broker keeps no retained messages, so state and will are sent unretained: allow"
              + " retained messages on the broker");
    } else {
      faults.clear(RETAIN);
    }
  }

  /** Raises the fault of rows that the outbox cannot read. */
  void onUnreadableRows(String cause) {
    raise(Subsystem.STORE, "store", "rows cannot be read for sending: " + cause);
  }

  private void raise(Subsystem subsystem, String place, String text) {
    faults.raise(subsystem, place, text, time.tickMs());
  }
}
