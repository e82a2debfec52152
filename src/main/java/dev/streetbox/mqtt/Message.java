package dev.streetbox.mqtt;

/**
 * One MQTT message, sent or received. Its payload is shared, not copied: whoever holds the message
 * leaves the bytes as they are.
 */
public final class Message {
  private final String topic;
  private final byte[] payload;
  private final String contentType;
  private final boolean retained;

  /**
   * @param topic the whole topic
   * @param payload the body
   * @param contentType the MQTT 5 content type, or empty
   * @param retained sent: whether the broker shall keep it; received: whether it had been kept
   */
  public Message(String topic, byte[] payload, String contentType, boolean retained) {
    this.topic = topic;
    this.payload = payload;
    this.contentType = contentType;
    this.retained = retained;
  }

  /** The whole topic. */
  public String topic() {
    return topic;
  }

  /** The body; not to be changed. */
  public byte[] payload() {
    return payload;
  }

  /** The MQTT 5 content type, or empty. */
  public String contentType() {
    return contentType;
  }

  /** Sent: whether the broker shall keep it; received: whether it had been kept. */
  public boolean retained() {
    return retained;
  }

  /** What it takes on the wire, all but exactly: the limit of a packet is compared with this. */
  public int wireBytes() {
    // Fixed header 5, topic length 2, packet id 2, property length 2, content type 3, alias 3.
    return topic.length() + payload.length + contentType.length() + 17;
  }
}
