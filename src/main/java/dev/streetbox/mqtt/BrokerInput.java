package dev.streetbox.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/**
 * Gives Paho the bytes of whole, checked packets. Reports errors, and the end of the stream as an
 * error, to the {@link LossReason}. Used by one thread.
 */
final class BrokerInput extends InputStream {
  private final IncomingPackets packets;
  private final UnaryOperator<IOException> explained;
  private final LossReason reason;
  private byte[] packet = new byte[0];
  private int next;

  /**
   * @param explained returns an error with what the TLS layer adds to it
   */
  BrokerInput(IncomingPackets packets, UnaryOperator<IOException> explained, LossReason reason) {
    this.packets = packets;
    this.explained = explained;
    this.reason = reason;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int unused = read(one, 0, 1); // Reads one byte or throws.
    return one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next == packet.length) {
      packet = nextPacket();
      next = 0;
    }
    int count = Math.min(length, packet.length - next);
    System.arraycopy(packet, next, bytes, offset, count);
    next += count;
    return count;
  }

  @Override
  public int available() {
    return packet.length - next;
  }

  private byte[] nextPacket() throws IOException {
    try {
      return packets.next();
    } catch (IOException e) {
      IOException cause = explained.apply(e);
      reason.onReadError(cause);
      throw cause;
    }
  }
}
