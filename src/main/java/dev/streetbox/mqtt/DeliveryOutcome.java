package dev.streetbox.mqtt;

/** What becomes of a message after the broker's answer (reason codes of a PUBACK, MQTT 5, 3.4). */
public enum DeliveryOutcome {
  /** The broker has it: 0x00, and 0x10, where nobody has subscribed. */
  DELIVERED,
  /**
   * The topic is denied to this box, now and for all that would follow: kept, the lane stops and
   * tries again after minutes. 0x87 not authorized; 0x90 topic name invalid, which speaks of the
   * topic, so that every row would share it.
   */
  HOLD,
  /** The broker cannot take it now: kept, the lane backs off. All codes that are not listed. */
  LATER,
  /**
   * Something in it is refused, for good: split, down to the row that it is about. 0x95 packet too
   * large, 0x99 payload format invalid.
   */
  SPLIT;

  /** The code of a broker that took a message for which nobody has subscribed. */
  public static final int NO_SUBSCRIBER = 0x10;

  /** The fate of a reason code. */
  public static DeliveryOutcome of(int code) {
    if (code < 0x80) {
      return DELIVERED;
    }
    return switch (code) {
      case 0x87, 0x90 -> HOLD;
      case 0x95, 0x99 -> SPLIT;
      default -> LATER;
    };
  }
}
