package dev.streetbox.mqtt;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads from the broker. Reports errors, and the end of the stream as an error, to the {@link
 * LossReason}.
 */
final class BrokerInput extends FilterInputStream {
  private final LossReason reason;

  BrokerInput(InputStream in, LossReason reason) {
    super(in);
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
    try {
      int count = in.read(bytes, offset, length);
      if (count < 0) {
        throw new EOFException();
      }
      return count;
    } catch (IOException e) {
      reason.onReadError(e);
      throw e;
    }
  }
}
