package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer that a Sensirion part is working on: refused while it works, given once. Words are 16
 * bits, high byte first, each followed by its CRC-8 (SHT4x datasheet 4.4, SGP41 datasheet 3.1.1).
 */
final class SensirionReply {
  private final Time time;
  private final SimulatedPart simulatedPart;
  private long readyMs;
  private byte[] bytes = {};

  /** A part that does nothing and has nothing to say. */
  SensirionReply(Time time, SimulatedPart simulatedPart) {
    this.time = time;
    this.simulatedPart = simulatedPart;
  }

  /** Power came at that tick, and the part needs that long before it answers anything. */
  void boot(long tickMs, long bootMs) {
    readyMs = tickMs + bootMs;
    bytes = new byte[0];
  }

  /** The part works for that long; then these words can be read, if there are any. */
  void prepare(long workMs, int... words) {
    readyMs = time.tickMs() + workMs;
    bytes = new byte[3 * words.length];
    for (int i = 0; i < words.length; i++) {
      bytes[3 * i] = (byte) (words[i] >> 8);
      bytes[3 * i + 1] = (byte) words[i];
      bytes[3 * i + 2] = (byte) crc(words[i]);
    }
  }

  /**
   * Says nothing while it works.
   *
   * @throws IOException no acknowledge, if the part still works
   */
  void requireReady() throws IOException {
    if (time.tickMs() < readyMs) {
      throw Chip.nack();
    }
  }

  /**
   * The answer, which is gone then.
   *
   * @param count how many bytes will be read of it
   * @throws IOException no acknowledge, if the part still works or has no answer
   */
  byte[] take(int count) throws IOException {
    requireReady();
    if (bytes.length == 0) {
      throw Chip.nack();
    }
    byte[] given = bytes;
    bytes = new byte[0];
    if (simulatedPart.has(InjectedFault.WRONG_CHECKSUM)) {
      given[Math.min(count, given.length) - 1] ^= (byte) 0xff;
    }
    return given;
  }

  /** The 16-bit command that a write begins with, −1 if it is too short. */
  static int command(byte[] written) {
    return written.length < 2 ? -1 : word(written, 0);
  }

  /** The words after a 16-bit command; none if one of their checksums is wrong. */
  static List<Integer> arguments(byte[] written) {
    List<Integer> words = new ArrayList<>();
    for (int at = 2; at + 2 < written.length; at += 3) {
      int word = word(written, at);
      if (crc(word) != Byte.toUnsignedInt(written[at + 2])) {
        return List.of();
      }
      words.add(word);
    }
    return words;
  }

  /** CRC-8 of one word: polynomial 0x31, initial value 0xFF, not reflected, no final XOR. */
  static int crc(int word) {
    int crc = 0xff;
    for (int shift = 8; shift >= 0; shift -= 8) {
      crc ^= (word >> shift) & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1) ^ 0x131;
      }
    }
    return crc;
  }

  private static int word(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }
}
