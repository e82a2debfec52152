package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sends commands and reads answers by the word protocol of Sensirion's parts (SPS30 datasheet v1.0,
 * 6.1 and 6.2; the same for SGP41 and SHT4x): a command is 16 bits without checksum, and each word
 * of arguments and answers is two bytes and their CRC-8. Writing and reading are two transactions
 * with a STOP between them, because the SPS30 does not support a repeated start. Used by the bus's
 * thread.
 */
public final class SensirionPort {
  private final String part;
  private final I2cPort port;
  private final Time time;

  /**
   * Creates the protocol over this port and sends nothing yet.
   *
   * @param part the part's name, for messages
   */
  public SensirionPort(String part, I2cPort port, Time time) {
    this.part = part;
    this.port = port;
    this.time = time;
  }

  /**
   * Sends a command and waits for its duration.
   *
   * @param words the command's arguments, each 0 to 65535
   * @throws IOException if no part acknowledged or the bus failed; then without the wait
   */
  void send(SensirionCommand command, int... words) throws IOException {
    int[] bytes = new int[2 + 3 * words.length];
    bytes[0] = command.code() >> 8;
    bytes[1] = command.code() & 0xff;
    for (int i = 0; i < words.length; i++) {
      bytes[2 + 3 * i] = words[i] >> 8;
      bytes[3 + 3 * i] = words[i] & 0xff;
      bytes[4 + 3 * i] = crc8(words[i]);
    }
    port.write(bytes);
    time.sleep(command.duration());
  }

  /**
   * Sends a command that the part may not acknowledge in its present state.
   *
   * @return whether the part acknowledged the command
   */
  boolean sendIfAcknowledged(SensirionCommand command) throws IOException {
    try {
      send(command);
      return true;
    } catch (BusException e) {
      if (e.isNack()) {
        return false;
      }
      throw e;
    }
  }

  /** Sends a last command, such as a stop, and ignores an error, because the part may be gone. */
  void trySend(SensirionCommand command) {
    try {
      send(command);
    } catch (IOException e) {
      // The part cannot be reached, so that it cannot be stopped.
    }
  }

  /**
   * Sends a command, waits for its duration, and reads the words of its answer.
   *
   * @param count the number of words of the answer
   * @throws IOException as {@link #send} and {@link #read}
   */
  public int[] ask(SensirionCommand command, int count, int... words) throws IOException {
    send(command, words);
    return read(command, count);
  }

  /**
   * Reads words, each 0 to 65535. All checksums are checked before any word is returned.
   *
   * @param command the command answered, for the message
   * @throws FrameException if a checksum is wrong; the message names the word, counted from 0
   */
  int[] read(SensirionCommand command, int count) throws IOException {
    byte[] bytes = port.read(3 * count);
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = BigEndian.word(bytes, 3 * i);
      int sent = Byte.toUnsignedInt(bytes[3 * i + 2]);
      if (sent != crc8(words[i])) {
        throw new FrameException(
            String.format(
                "%s: answer to %s: word %d (of 0 to %d) is %04x with checksum %02x instead of %02x:"
                    + " noise on the wires, a bus without power, or two parts at one address",
                part, command, i, count - 1, words[i], sent, crc8(words[i])));
      }
    }
    return words;
  }

  /** Returns whether the two bytes from {@code at} on agree with the CRC-8 behind them. */
  public static boolean hasValidCrc(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at + 2]) == crc8(BigEndian.word(bytes, at));
  }

  /**
   * Returns the serial number of a part of 32 characters (SPS30 1.0, 6.3.9; SEN5x 6.1.9; SEN6x
   * 4.8).
   *
   * @param wait the time that the part needs to answer
   */
  String serial(Duration wait) throws IOException {
    return text(ask(new SensirionCommand(0xD033, wait), 16));
  }

  /** Returns the ASCII text in words, up to the first byte that is no printable character. */
  public static String text(int[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * words.length);
    for (int word : words) {
      bytes.putShort((short) word);
    }
    String text = new String(bytes.array(), StandardCharsets.US_ASCII);
    return text.split("[^ -~]", 2)[0];
  }

  /** Returns the CRC-8 of a word's two bytes: polynomial 0x31, start 0xFF (SPS30 v1.0, 6.2). */
  static int crc8(int word) {
    int crc = 0xff;
    for (int shift = 8; shift >= 0; shift -= 8) {
      crc ^= word >> shift & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1 ^ 0x31) & 0xff;
      }
    }
    return crc;
  }
}
