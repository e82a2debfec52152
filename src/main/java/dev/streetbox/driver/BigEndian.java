package dev.streetbox.driver;

/** Decodes words of two bytes, high byte first, the order of most parts of this package. */
final class BigEndian {
  private BigEndian() {}

  /** Returns the word at that index, 0 to 65535; the cast to {@code short} is its signed value. */
  static int word(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }
}
