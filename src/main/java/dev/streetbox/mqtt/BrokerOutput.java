package dev.streetbox.mqtt;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes to the broker. Buffers what Paho writes in pieces of 1 KiB, and reports writes and their
 * errors to the {@link LossReason}.
 */
final class BrokerOutput extends FilterOutputStream {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final LossReason reason;

  BrokerOutput(OutputStream out, LossReason reason) {
    super(new BufferedOutputStream(out, BUFFER_BYTES));
    this.reason = reason;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw reason.reasonOf(e);
    } finally {
      reason.onWritten();
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw reason.reasonOf(e);
    }
  }
}
