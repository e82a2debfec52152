package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Hears what passes between drivers and their parts, and writes it down: one line for each
 * transaction, its seconds since the tap began, the part's name, {@code write} or {@code read}, and
 * the bytes or the trouble. Of a recording of a real part a scripted test can be made.
 */
public final class BusTrace {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Consumer<String> lines;
  private final Time time;
  private final long startMs;

  /** Begins now. */
  public BusTrace(Consumer<String> lines, Time time) {
    this.lines = lines;
    this.time = time;
    this.startMs = time.tickMs();
  }

  /** The same port, overheard. */
  public I2cPort on(String part, I2cPort port) {
    return new TappedI2c(part, port);
  }

  /** The same port, overheard. */
  public SerialPort on(String part, SerialPort port) {
    return new TappedSerial(part, port);
  }

  private void tell(String part, String what, String bytes) {
    double seconds = (time.tickMs() - startMs) / 1e3;
    lines.accept(String.format(Locale.ROOT, "%9.3f %s %s %s", seconds, part, what, bytes));
  }

  private void fail(String part, String what, IOException trouble) {
    tell(part, what + " failed:", String.valueOf(trouble.getMessage()));
  }

  private final class TappedI2c implements I2cPort {
    private final String part;
    private final I2cPort port;

    private TappedI2c(String part, I2cPort port) {
      this.part = part;
      this.port = port;
    }

    @Override
    public void write(int... bytes) throws IOException {
      byte[] written = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        written[i] = (byte) bytes[i];
      }
      String what = "write " + HEX.formatHex(written);
      try {
        port.write(bytes);
        tell(part, "write", HEX.formatHex(written));
      } catch (IOException e) {
        fail(part, what, e);
        throw e;
      }
    }

    @Override
    public byte[] read(int count) throws IOException {
      try {
        byte[] bytes = port.read(count);
        tell(part, "read", HEX.formatHex(bytes));
        return bytes;
      } catch (IOException e) {
        fail(part, "read of " + count, e);
        throw e;
      }
    }
  }

  private final class TappedSerial implements SerialPort {
    private final String part;
    private final SerialPort port;

    private TappedSerial(String part, SerialPort port) {
      this.part = part;
      this.port = port;
    }

    @Override
    public void open() throws IOException {
      try {
        port.open();
      } catch (IOException e) {
        fail(part, "open", e);
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer, Duration wait) throws IOException {
      try {
        int count = port.read(buffer, wait);
        if (count > 0) {
          tell(part, "read", HEX.formatHex(Arrays.copyOf(buffer, count)));
        }
        return count;
      } catch (IOException e) {
        fail(part, "read", e);
        throw e;
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      try {
        port.write(bytes);
        tell(part, "write", HEX.formatHex(bytes));
      } catch (IOException e) {
        fail(part, "write", e);
        throw e;
      }
    }

    @Override
    public void close() {
      port.close();
    }
  }
}
