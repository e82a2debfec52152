package dev.streetbox.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the fields of one packet in their order (MQTT 5, 1.5). Each method throws a {@link
 * BrokerException} if the packet ends before the field, or the field is not what MQTT 5 allows.
 * Used by one thread.
 */
final class PacketFields {
  private final String packet;
  private final byte[] bytes;
  private int next;

  /**
   * @param packet the packet's name, for messages
   * @param bytes the packet after the Remaining Length; not copied
   */
  PacketFields(String packet, byte[] bytes) {
    this.packet = packet;
    this.bytes = bytes;
  }

  /** Returns the number of bytes that were not read yet. */
  int remaining() {
    return bytes.length - next;
  }

  int readByte() throws BrokerException {
    return (int) readNumber(1);
  }

  int readTwoBytes() throws BrokerException {
    return (int) readNumber(2);
  }

  long readFourBytes() throws BrokerException {
    return readNumber(4);
  }

  /** Reads a Packet Identifier, which is never 0. */
  int readPacketId() throws BrokerException {
    int id = readTwoBytes();
    if (id == 0) {
      throw malformed("its packet identifier is 0");
    }
    return id;
  }

  /** Reads a Variable Byte Integer. */
  int readVariable() throws BrokerException {
    int value = 0;
    for (int i = 0; i < PacketReader.VARIABLE_BYTES; i++) {
      int part = readByte();
      value |= (part & 0x7f) << (7 * i);
      if (part < 0x80) {
        return value;
      }
    }
    throw malformed("a number has more than four bytes");
  }

  byte[] readBinary() throws BrokerException {
    return readBytes(readTwoBytes());
  }

  byte[] readRest() throws BrokerException {
    return readBytes(remaining());
  }

  /**
   * Reads a string.
   *
   * @return empty if it is no UTF-8 or has a control character, which MQTT 5 advises against
   */
  Optional<String> readText() throws BrokerException {
    byte[] utf8 = readBinary();
    try {
      // A new decoder reports malformed bytes, where the constructor of String replaces them.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return Optional.of(text).filter(any -> any.codePoints().noneMatch(PacketFields::isForbidden));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a list of properties (MQTT 5, 2.2.2).
   *
   * @param allowed the properties that this packet may carry
   */
  PropertyValues readProperties(Set<Property> allowed) throws BrokerException {
    int length = readVariable();
    if (length > remaining()) {
      throw malformed("its properties are truncated");
    }
    PacketFields list = new PacketFields(packet, readBytes(length));
    Map<Property, Object> values = new EnumMap<>(Property.class);
    while (list.remaining() > 0) {
      int id = list.readVariable();
      Property property =
          Property.of(id)
              .filter(allowed::contains)
              .orElseThrow(() -> malformed("property 0x%02x is not allowed".formatted(id)));
      Object before = values.put(property, list.readValue(property.type()));
      if (before != null
          && property != Property.USER_PROPERTY
          && property != Property.SUBSCRIPTION_IDENTIFIER) {
        throw malformed("property 0x%02x occurs twice".formatted(id));
      }
    }
    return new PropertyValues(packet, values);
  }

  /** Checks that every byte was read. */
  void checkEnd() throws BrokerException {
    if (remaining() > 0) {
      throw malformed(remaining() + " bytes too many");
    }
  }

  /** Returns an exception for this packet. */
  BrokerException malformed(String reason) {
    return BrokerException.malformed(packet, reason);
  }

  private Object readValue(Property.Type type) throws BrokerException {
    return switch (type) {
      case BYTE -> (long) readByte();
      case TWO_BYTES -> (long) readTwoBytes();
      case FOUR_BYTES -> readFourBytes();
      case VARIABLE -> (long) readVariable();
      case TEXT -> readText();
      case BINARY -> readBinary();
      case PAIR -> {
        readBinary();
        yield readBinary(); // No user property is used, so its text is not checked.
      }
    };
  }

  private long readNumber(int length) throws BrokerException {
    long value = 0;
    for (byte part : readBytes(length)) {
      value = (value << 8) | (part & 0xff);
    }
    return value;
  }

  private byte[] readBytes(int length) throws BrokerException {
    if (length > remaining()) {
      throw malformed("it is truncated");
    }
    next += length;
    return Arrays.copyOfRange(bytes, next - length, next);
  }

  /** Returns whether Paho 1.2.5 accepts no string with that code point (MQTT 5, 1.5.4). */
  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint >= 0xfdd0 && codePoint <= 0xfdef)
        || (codePoint & 0xfffe) == 0xfffe;
  }
}
