package dev.streetbox.driver;

/** Words of two bytes, the high one first: the order in which every part here sends them. */
final class BigEndian {
  private BigEndian() {}

  /** The word at that index, 0 to 65535; a signed one is its cast to {@code short}. */
  static int word(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }
}
