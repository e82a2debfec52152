package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.mqtt.DeliveryOutcome;

/** Raises and clears the faults of the box's topics, as the broker answers. */
final class TopicFaults {
  private final Faults faults;
  private final Time time;

  /**
   * @param time the clock of rows
   */
  TopicFaults(Faults faults, Time time) {
    this.faults = faults;
    this.time = time;
  }

  /** The broker has answered a message on the topic with that last word. */
  void answered(String topic, DeliveryOutcome outcome, int code) {
    String place = "broker/" + topic;
    String hex = " (0x%02x)".formatted(code);
    switch (outcome) {
      case DELIVERED -> faults.clear(place);
      case HOLD ->
          raise(Subsystem.BROKER, place, "the broker denies this topic: check its ACL" + hex);
      case LATER -> raise(Subsystem.BROKER, place, "the broker does not take it now" + hex);
      case SPLIT -> raise(Subsystem.BROKER, place, "the broker refuses a message" + hex);
    }
  }

  /** A row is given up, since the broker refuses it. */
  void refused(Range row) {
    raise(
        Subsystem.BROKER,
        "broker/backlog",
        "the broker refuses row %d of boot %d: put aside".formatted(row.first(), row.boot()));
  }

  /** The outbox cannot read rows. */
  void unreadable(String why) {
    raise(Subsystem.STORE, "store", "rows cannot be read for sending: " + why);
  }

  private void raise(Subsystem subsystem, String place, String text) {
    faults.raise(subsystem, place, text, time.tickMs());
  }
}
