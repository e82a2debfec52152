package dev.streetbox.mqtt;

import java.util.Map;
import java.util.Optional;

/** Holds the properties of one packet. Used by one thread. */
final class PropertyValues {
  private final String packet;
  private final Map<Property, Object> values;

  /**
   * @param packet the packet's name, for messages
   * @param values a number as {@link Long}, text as {@link String}, bytes as {@code byte[]}
   */
  PropertyValues(String packet, Map<Property, Object> values) {
    this.packet = packet;
    this.values = values;
  }

  boolean contains(Property property) {
    return values.containsKey(property);
  }

  /** Returns a number, or {@code otherwise} if the packet does not have the property. */
  long number(Property property, long otherwise) {
    return values.get(property) instanceof Long value ? value : otherwise;
  }

  /**
   * Returns a number that MQTT 5 does not allow to be 0, or {@code otherwise} if the packet does
   * not have the property.
   */
  long positive(Property property, long otherwise) throws BrokerException {
    long value = number(property, otherwise);
    if (value == 0) {
      throw BrokerException.malformed(packet, "property 0x%02x is 0".formatted(property.id()));
    }
    return value;
  }

  /** Returns whether a feature is available; it is if the packet does not have the property. */
  boolean isAvailable(Property property) throws BrokerException {
    long value = number(property, 1);
    if (value > 1) {
      throw BrokerException.malformed(
          packet, "property 0x%02x is %d, not 0 or 1".formatted(property.id(), value));
    }
    return value == 1;
  }

  /** Returns whether a text is absent, or UTF-8 without a control character. */
  boolean isReadable(Property property) {
    return !(values.get(property) instanceof Optional<?> text) || text.isPresent();
  }

  /**
   * Returns a text.
   *
   * @throws BrokerException if it is not readable
   */
  Optional<String> text(Property property) throws BrokerException {
    if (!isReadable(property)) {
      throw BrokerException.malformed(packet, "a string has a control character or is no UTF-8");
    }
    return values.get(property) instanceof Optional<?> text
        ? text.map(String.class::cast)
        : Optional.empty();
  }

  /** Returns bytes. */
  Optional<byte[]> bytes(Property property) {
    return values.get(property) instanceof byte[] value ? Optional.of(value) : Optional.empty();
  }
}
