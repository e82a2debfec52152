package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the answer of a Sensirion part to its last command: not acknowledged during the command's
 * execution time, and readable once. Words are 16 bits, high byte first, each followed by its CRC-8
 * (SHT4x datasheet 4.4, SGP41 datasheet 3.1.1).
 */
final class SensirionReply {
  private final Time time;
  private final SimulatedPart simulatedPart;
  private long readyMs;
  private byte[] bytes = {};

  /** Makes the empty answer of an idle part. */
  SensirionReply(Time time, SimulatedPart simulatedPart) {
    this.time = time;
    this.simulatedPart = simulatedPart;
  }

  /** Resets the answer at power-up; the part acknowledges nothing during its boot time. */
  void boot(long tickMs, long bootMs) {
    readyMs = tickMs + bootMs;
    bytes = new byte[0];
  }

  /** Starts the execution of a command, after which these words, if any, can be read. */
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
   * Checks that no command is being executed.
   *
   * @throws IOException {@link Chip#nack()} if one is
   */
  void requireReady() throws IOException {
    if (time.tickMs() < readyMs) {
      throw Chip.nack();
    }
  }

  /**
   * Returns the answer and removes it.
   *
   * @param count the number of bytes that the master reads
   * @throws IOException {@link Chip#nack()} if a command is being executed or there is no answer
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

  /** Returns the 16-bit command at the beginning of a write, −1 if the write is too short. */
  static int command(byte[] written) {
    return written.length < 2 ? -1 : word(written, 0);
  }

  /** Returns the words after a 16-bit command; none if one of their checksums is wrong. */
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

  /** Returns a word's CRC-8: polynomial 0x31, initial value 0xFF, not reflected, no final XOR. */
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
