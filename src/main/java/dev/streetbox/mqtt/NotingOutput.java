package dev.streetbox.mqtt;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Gathers what Paho writes in pieces of 1 KiB, and notes that something was written, see {@link
 * LossReason}.
 */
final class NotingOutput extends FilterOutputStream {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final LossReason reason;

  NotingOutput(OutputStream out, LossReason reason) {
    super(new BufferedOutputStream(out, BUFFER_BYTES));
    this.reason = reason;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw reason.writeFailed(e);
    } finally {
      reason.written();
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw reason.writeFailed(e);
    }
  }
}
