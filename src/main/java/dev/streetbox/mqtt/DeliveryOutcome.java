package dev.streetbox.mqtt;

/** Names what to do with a message after the PUBACK (reason codes: MQTT 5, 3.4.2.1). */
public enum DeliveryOutcome {
  /** The broker has the message: 0x00, and 0x10 if there is no subscriber. */
  DELIVERED,
  /**
   * The topic is denied: keep the message and stop the lane for minutes. 0x87 not authorized; 0x90
   * topic name invalid, because the topic is the same for every message of the lane.
   */
  HOLD,
  /** The broker cannot accept it now: keep the message and back off. All codes not listed. */
  LATER,
  /**
   * The content is refused: split the batch until the refused row is found. 0x99 payload format.
   */
  SPLIT,
  /**
   * The packet is larger than the broker accepts: send smaller batches, and keep a row that is too
   * large alone. 0x95 packet too large.
   */
  TOO_LARGE;

  /** The reason code of a message that the broker accepted and that has no subscriber. */
  public static final int NO_SUBSCRIBER = 0x10;

  /** Returns the outcome of a PUBACK's reason code, 0x00 to 0xff. */
  public static DeliveryOutcome of(int code) {
    return ReasonCode.inPuback(code);
  }
}
