package dev.streetbox.driver;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the words of a Sensirion part's answers as hexadecimal digits. */
final class SensirionHex {
  private static final int TEXT_WORDS = 16;

  private SensirionHex() {}

  /** Returns words of 16 bits, each followed by its checksum. */
  static String words(int... words) {
    StringBuilder hex = new StringBuilder();
    for (int word : words) {
      hex.append(String.format("%04x%02x", word, SensirionPort.crc8(word)));
    }
    return hex.toString();
  }

  /** Returns a text of up to 32 ASCII characters in 16 words, the last of them 0. */
  static String text(String text) {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 2 * TEXT_WORDS);
    int[] words = new int[TEXT_WORDS];
    Arrays.setAll(words, i -> BigEndian.word(bytes, 2 * i));
    return words(words);
  }
}
