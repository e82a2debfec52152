package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Traces the transactions between drivers and parts, one line each: the seconds since the trace
 * began, the part's name, {@code write} or {@code read}, and the bytes in hexadecimal or the error.
 * A trace of a real part can be replayed in a scripted test.
 */
public final class BusTrace {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Consumer<String> lines;
  private final Time time;
  private final long startMs;

  /** Starts the trace; its time 0 is now. */
  public BusTrace(Consumer<String> lines, Time time) {
    this.lines = lines;
    this.time = time;
    this.startMs = time.tickMs();
  }

  /** Returns a port that does the same and is traced. */
  public I2cPort wrap(String part, I2cPort port) {
    return new TracedI2c(part, port);
  }

  /** Returns a port that does the same and is traced. */
  public SerialPort wrap(String part, SerialPort port) {
    return new TracedSerial(part, port);
  }

  private void record(String part, String action, String bytes) {
    double seconds = (time.tickMs() - startMs) / 1e3;
    lines.accept(String.format(Locale.ROOT, "%9.3f %s %s %s", seconds, part, action, bytes));
  }

  private void recordError(String part, String action, IOException error) {
    record(part, action + " failed:", String.valueOf(error.getMessage()));
  }

  private final class TracedI2c implements I2cPort {
    private final String part;
    private final I2cPort port;

    private TracedI2c(String part, I2cPort port) {
      this.part = part;
      this.port = port;
    }

    @Override
    public void write(int... bytes) throws IOException {
      byte[] written = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        written[i] = (byte) bytes[i];
      }
      String action = "write " + HEX.formatHex(written);
      try {
        port.write(bytes);
        record(part, "write", HEX.formatHex(written));
      } catch (IOException e) {
        recordError(part, action, e);
        throw e;
      }
    }

    @Override
    public byte[] read(int count) throws IOException {
      try {
        byte[] bytes = port.read(count);
        record(part, "read", HEX.formatHex(bytes));
        return bytes;
      } catch (IOException e) {
        recordError(part, "read of " + count, e);
        throw e;
      }
    }
  }

  private final class TracedSerial implements SerialPort {
    private final String part;
    private final SerialPort port;

    private TracedSerial(String part, SerialPort port) {
      this.part = part;
      this.port = port;
    }

    @Override
    public void open() throws IOException {
      try {
        port.open();
      } catch (IOException e) {
        recordError(part, "open", e);
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer, Duration wait) throws IOException {
      try {
        int count = port.read(buffer, wait);
        if (count > 0) {
          record(part, "read", HEX.formatHex(Arrays.copyOf(buffer, count)));
        }
        return count;
      } catch (IOException e) {
        recordError(part, "read", e);
        throw e;
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      try {
        port.write(bytes);
        record(part, "write", HEX.formatHex(bytes));
      } catch (IOException e) {
        recordError(part, "write", e);
        throw e;
      }
    }

    @Override
    public void close() {
      port.close();
    }
  }
}
