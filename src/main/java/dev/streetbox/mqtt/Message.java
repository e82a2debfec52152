package dev.streetbox.mqtt;

/**
 * Holds one MQTT message, sent or received. Payload and correlation data are not copied, so no
 * caller may change their bytes.
 */
public final class Message {
  private static final byte[] NONE = new byte[0];

  private final String topic;
  private final byte[] payload;
  private final String contentType;
  private final boolean retained;
  private long expiryS;
  private byte[] correlationData = NONE;
  private boolean dup;
  private int omittedBytes;

  /**
   * @param topic the whole topic
   * @param payload the body
   * @param contentType the MQTT 5 content type, or empty
   * @param retained the RETAIN flag: of a sent message, whether the broker is to keep it; of a
   *     received one, whether the broker had kept it
   */
  public Message(String topic, byte[] payload, String contentType, boolean retained) {
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
    Message copy = copy();
    copy.expiryS = seconds;
    return copy;
  }

  /** Returns the Message Expiry Interval in seconds; 0 if the message does not expire. */
  public long expiryS() {
    return expiryS;
  }

  /**
   * Returns this message with Correlation Data (MQTT 5, 3.3.2.3.6).
   *
   * @param data not copied; empty for none
   */
  public Message correlatedBy(byte[] data) {
    Message copy = copy();
    copy.correlationData = data;
    return copy;
  }

  /** Returns the Correlation Data; empty without any. The caller must not change them. */
  public byte[] correlationData() {
    return correlationData;
  }

  /**
   * Returns this received message with a DUP flag.
   *
   * @param isRepeated whether the broker may have sent the message before
   */
  Message repeated(boolean isRepeated) {
    Message copy = copy();
    copy.dup = isRepeated;
    return copy;
  }

  /** Returns the DUP flag of a received message. */
  public boolean dup() {
    return dup;
  }

  /**
   * Returns this received message without its payload and properties, which were not read.
   *
   * @param bytes the Remaining Length of the packet; 0 if everything was read
   */
  public Message without(int bytes) {
    Message copy = copy();
    copy.omittedBytes = bytes;
    return copy;
  }

  /**
   * Returns the Remaining Length in bytes of a received packet that was too large, or whose topic
   * or properties have a text that is none, so that payload and properties were not read; 0 of any
   * other message.
   */
  public int omittedBytes() {
    return omittedBytes;
  }

  /** Returns the size of the PUBLISH packet in bytes, at most a few too many. */
  public int packetBytes() {
    // Fixed header 5, topic length 2, packet id 2, property length 2, content type 3, alias 3,
    // expiry 5.
    int correlationBytes = correlationData.length;
    return topic.length()
        + payload.length
        + contentType.length()
        + 22
        + (correlationBytes > 0 ? 3 + correlationBytes : 0);
  }

  private Message copy() {
    Message copy = new Message(topic, payload, contentType, retained);
    copy.expiryS = expiryS;
    copy.correlationData = correlationData;
    copy.dup = dup;
    copy.omittedBytes = omittedBytes;
    return copy;
  }
}
