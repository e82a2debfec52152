package dev.streetbox.mqtt;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lists the properties of MQTT 5 with identifier and type (MQTT 5, table 2-4). */
enum Property {
  PAYLOAD_FORMAT_INDICATOR(0x01, Type.BYTE),
  MESSAGE_EXPIRY_INTERVAL(0x02, Type.FOUR_BYTES),
  CONTENT_TYPE(0x03, Type.TEXT),
  RESPONSE_TOPIC(0x08, Type.TEXT),
  CORRELATION_DATA(0x09, Type.BINARY),
  SUBSCRIPTION_IDENTIFIER(0x0b, Type.VARIABLE),
  SESSION_EXPIRY_INTERVAL(0x11, Type.FOUR_BYTES),
  ASSIGNED_CLIENT_IDENTIFIER(0x12, Type.TEXT),
  SERVER_KEEP_ALIVE(0x13, Type.TWO_BYTES),
  AUTHENTICATION_METHOD(0x15, Type.TEXT),
  AUTHENTICATION_DATA(0x16, Type.BINARY),
  REQUEST_PROBLEM_INFORMATION(0x17, Type.BYTE),
  WILL_DELAY_INTERVAL(0x18, Type.FOUR_BYTES),
  REQUEST_RESPONSE_INFORMATION(0x19, Type.BYTE),
  RESPONSE_INFORMATION(0x1a, Type.TEXT),
  SERVER_REFERENCE(0x1c, Type.TEXT),
  REASON_STRING(0x1f, Type.TEXT),
  RECEIVE_MAXIMUM(0x21, Type.TWO_BYTES),
  TOPIC_ALIAS_MAXIMUM(0x22, Type.TWO_BYTES),
  TOPIC_ALIAS(0x23, Type.TWO_BYTES),
  MAXIMUM_QOS(0x24, Type.BYTE),
  RETAIN_AVAILABLE(0x25, Type.BYTE),
  USER_PROPERTY(0x26, Type.PAIR),
  MAXIMUM_PACKET_SIZE(0x27, Type.FOUR_BYTES),
  WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, Type.BYTE),
  SUBSCRIPTION_IDENTIFIERS_AVAILABLE(0x29, Type.BYTE),
  SHARED_SUBSCRIPTION_AVAILABLE(0x2a, Type.BYTE);

  /** Names the data types of properties (MQTT 5, 1.5). */
  enum Type {
    BYTE,
    TWO_BYTES,
    FOUR_BYTES,
    /** A Variable Byte Integer. */
    VARIABLE,
    /** A UTF-8 string. */
    TEXT,
    BINARY,
    /** Two UTF-8 strings. */
    PAIR
  }

  private static final Map<Integer, Property> BY_ID = new HashMap<>();

  static {
    for (Property property : values()) {
      BY_ID.put(property.id, property);
    }
  }

  private final int id;
  private final Type type;

  Property(int id, Type type) {
    this.id = id;
    this.type = type;
  }

  /** Returns the property of an identifier; empty if MQTT 5 defines none. */
  static Optional<Property> of(int id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  int id() {
    return id;
  }

  Type type() {
    return type;
  }
}
