package dev.streetbox.mqtt;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads packets from a stream (MQTT 5, 2.1) and checks type, flags and length before it reads the
 * rest. Used by one thread.
 */
final class PacketReader {
  private static final int BUFFER_BYTES = 2048;

  /** The largest number of bytes of a Variable Byte Integer (MQTT 5, 1.5.5). */
  static final int VARIABLE_BYTES = 4;

  private final InputStream in;
  private final int limitBytes;

  /**
   * @param limitBytes the largest Remaining Length to accept
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
   * Reads the next packet; allocates no more than has arrived.
   *
   * @throws BrokerException if type, flags or length are wrong
   * @throws EOFException if the stream ends
   */
  IncomingPacket next() throws IOException {
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
    if (length > limitBytes) {
      throw BrokerException.malformed(
          type.name(), "it has %d bytes, %d are accepted".formatted(length, limitBytes));
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return new IncomingPacket(type, flags, new PacketFields(type.name(), body));
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
