package dev.streetbox.mqtt;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/**
 * Writes to the broker. Buffers what Paho writes in pieces of 1 KiB, and reports writes and their
 * errors to the {@link LossReason}.
 */
final class BrokerOutput extends FilterOutputStream {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final UnaryOperator<IOException> explained;
  private final LossReason reason;

  /**
   * @param explained returns an error with what the TLS layer adds to it
   */
  BrokerOutput(OutputStream out, UnaryOperator<IOException> explained, LossReason reason) {
    super(new BufferedOutputStream(out, BUFFER_BYTES));
    this.explained = explained;
    this.reason = reason;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw reason.reasonOf(explained.apply(e));
    } finally {
      reason.onWritten();
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw reason.reasonOf(explained.apply(e));
    }
  }
}
