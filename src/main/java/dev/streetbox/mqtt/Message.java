package dev.streetbox.mqtt;

/**
 * Holds one MQTT message, sent or received. The payload is not copied, so no caller may change its
 * bytes.
 */
public final class Message {
  private final String topic;
  private final byte[] payload;
  private final String contentType;
  private final boolean retained;
  private final long expiryS;

  /**
   * @param topic the whole topic
   * @param payload the body
   * @param contentType the MQTT 5 content type, or empty
   * @param retained the RETAIN flag: of a sent message, whether the broker is to keep it; of a
   *     received one, whether the broker had kept it
   */
  public Message(String topic, byte[] payload, String contentType, boolean retained) {
    this(topic, payload, contentType, retained, 0);
  }

  private Message(
      String topic, byte[] payload, String contentType, boolean retained, long expiryS) {
    this.expiryS = expiryS;
    this.topic = topic;
    this.payload = payload;
    this.contentType = contentType;
    this.retained = retained;
  }

  /** Returns the whole topic. */
  public String topic() {
    return topic;
  }

  /** Returns the body; the caller must not change it. */
  public byte[] payload() {
    return payload;
  }

  /** Returns the MQTT 5 content type, or empty. */
  public String contentType() {
    return contentType;
  }

  /** Returns the RETAIN flag. */
  public boolean retained() {
    return retained;
  }

  /**
   * Returns this message with a Message Expiry Interval (MQTT 5, 3.3.2.3.3), after which the broker
   * deletes it, also if it is retained.
   *
   * @param seconds the interval; 0 for none
   */
  public Message expiringAfter(long seconds) {
    return new Message(topic, payload, contentType, retained, seconds);
  }

  /** Returns the Message Expiry Interval in seconds; 0 if the message does not expire. */
  public long expiryS() {
    return expiryS;
  }

  /** Returns the size of the PUBLISH packet in bytes, at most a few too many. */
  public int packetBytes() {
    // Fixed header 5, topic length 2, packet id 2, property length 2, content type 3, alias 3,
    // expiry 5.
    return topic.length() + payload.length + contentType.length() + 22;
  }
}
