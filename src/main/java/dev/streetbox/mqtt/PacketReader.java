package dev.streetbox.mqtt;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads packets from a stream (MQTT 5, 2.1) and checks type, flags and length before it reads the
 * rest. Used by one thread.
 */
final class PacketReader {
  private static final int BUFFER_BYTES = 2048;

  /** The topic that stands for one that is too long or no readable text. */
  static final String UNREADABLE = "unreadable";

  /** The largest number of bytes of a Variable Byte Integer (MQTT 5, 1.5.5). */
  static final int VARIABLE_BYTES = 4;

  /** Limits the topic of a PUBLISH whose payload is passed over, in bytes. */
  private static final int TOPIC_BYTES = 512;

  private final InputStream in;
  private final int limitBytes;
  private final byte[] passedOver = new byte[BUFFER_BYTES];

  /** The bytes of the last packet that are still to be passed over. */
  private int leftBytes;

  /**
   * @param limitBytes the largest Remaining Length to accept; of a larger PUBLISH only topic and
   *     packet identifier are read
   */
  PacketReader(InputStream in, int limitBytes) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.limitBytes = limitBytes;
  }

  /**
   * Returns the first byte of the next packet and leaves it in the stream.
   *
   * @throws EOFException if the stream ends
   */
  int peek() throws IOException {
    in.mark(1);
    int header = readByte();
    in.reset();
    return header;
  }

  /**
   * Returns whether the next bytes are those of an ASCII text, and leaves them in the stream; reads
   * no more of them than are equal.
   */
  boolean isNext(String ascii) throws IOException {
    in.mark(ascii.length());
    int equal = 0;
    while (equal < ascii.length() && in.read() == ascii.charAt(equal)) {
      equal++;
    }
    in.reset();
    return equal == ascii.length();
  }

  /**
   * Reads the next packet; allocates no more than has arrived, and never more than the limit. A
   * PUBLISH above the limit is returned as soon as its topic and packet identifier have arrived, so
   * that it can be acknowledged on a slow link too; the next call passes over the rest of it.
   *
   * @throws BrokerException if type, flags or length are wrong
   * @throws EOFException if the stream ends
   */
  IncomingPacket next() throws IOException {
    passOver();
    int header = readByte();
    PacketType type =
        PacketType.of(header)
            .orElseThrow(
                () ->
                    BrokerException.malformed(
                        "type " + (header >> 4), "no broker sends it to this client"));
    int flags = header & 0x0f;
    if (type != PacketType.PUBLISH && flags != 0) {
      throw BrokerException.malformed(type.name(), "its flags are %d, not 0".formatted(flags));
    }
    int length = length(type);
    if (length > limitBytes && type == PacketType.PUBLISH) {
      leftBytes = length;
      return new IncomingPacket(type, flags, length, new PacketFields(type.name(), start(flags)));
    }
    if (length > limitBytes) {
      throw BrokerException.malformed(
          type.name(), "it has %d bytes, %d are accepted".formatted(length, limitBytes));
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return new IncomingPacket(type, flags, 0, new PacketFields(type.name(), body));
  }

  /**
   * Reads topic and packet identifier of a PUBLISH that is too large; a topic above the limit of
   * topics is replaced by an unreadable one.
   */
  private byte[] start(int flags) throws IOException {
    int topicBytes = (readLeft() << 8) | readLeft();
    boolean hasId = (flags & 0x06) != 0;
    int neededBytes = topicBytes + (hasId ? 2 : 0);
    if (neededBytes > leftBytes) {
      throw BrokerException.malformed(PacketType.PUBLISH.name(), "it is truncated");
    }
    ByteArrayOutputStream topic = new ByteArrayOutputStream();
    for (int i = 0; i < topicBytes; i++) {
      int next = readLeft();
      if (i < TOPIC_BYTES) {
        topic.write(next);
      }
    }
    byte[] kept =
        topicBytes > TOPIC_BYTES
            ? UNREADABLE.getBytes(StandardCharsets.US_ASCII)
            : topic.toByteArray();
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.write(kept.length >> 8);
    start.write(kept.length);
    start.writeBytes(kept);
    if (hasId) {
      start.write(readLeft());
      start.write(readLeft());
    }
    return start.toByteArray();
  }

  private int readLeft() throws IOException {
    leftBytes--;
    return readByte();
  }

  private void passOver() throws IOException {
    while (leftBytes > 0) {
      int count = in.read(passedOver, 0, Math.min(leftBytes, passedOver.length));
      if (count < 0) {
        throw new EOFException();
      }
      leftBytes -= count;
    }
  }

  private int length(PacketType type) throws IOException {
    int length = 0;
    for (int i = 0; i < VARIABLE_BYTES; i++) {
      int next = readByte();
      length |= (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        return length;
      }
    }
    throw BrokerException.malformed(type.name(), "its length has more than four bytes");
  }

  private int readByte() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }
}
