package dev.streetbox.bus;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * One I2C bus through Pi4J 2.8, opened when a port is first used. It and its ports belong to the
 * bus's own thread.
 *
 * <p>After any failure but a missing acknowledge the Pi4J context is thrown away, and the next use
 * of any port builds a new one. Pi4J needs that: where selecting a part fails, it remembers the
 * part as selected all the same, and would send the next bytes to the part before it ({@code
 * LinuxFsI2CBus.selectBusSlave}, 2.8.0 to 4.0.2). The same step opens a hung bus anew.
 */
public final class Pi4jBus implements AutoCloseable {
  private static final int LOWEST_ADDRESS = 0x08;
  private static final int HIGHEST_ADDRESS = 0x77;

  private final int number;
  private final Supplier<? extends I2CProvider> provider;
  private final Map<Integer, I2C> devices = new HashMap<>();
  private Context context; // null while closed

  /**
   * A bus of whatever the provider drives; nothing is opened yet.
   *
   * @param number the bus's number, as in {@code i2c-1}
   * @param provider makes the provider of one context; asked again, for a new one, whenever the bus
   *     is opened anew
   */
  public Pi4jBus(int number, Supplier<? extends I2CProvider> provider) {
    this.number = number;
    this.provider = provider;
  }

  /** The bus {@code /dev/i2c-N} of this machine; needs group i2c, not root. */
  public static Pi4jBus linux(int number) {
    return new Pi4jBus(number, LinuxFsI2CProvider::newInstance);
  }

  /**
   * A part's place on the bus. Nothing is sent; ports of one address share one Pi4J device.
   *
   * @param address 7 bits, 0x08 to 0x77
   * @throws IllegalArgumentException if the I2C specification reserves the address
   */
  public I2cPort port(int address) {
    if (address < LOWEST_ADDRESS || address > HIGHEST_ADDRESS) {
      throw new IllegalArgumentException("I2C address " + hex(address) + " is reserved");
    }
    return new Port(address);
  }

  /** Shuts Pi4J's context down; a port that is used later opens it again. Never throws. */
  @Override
  public void close() {
    devices.clear();
    if (context == null) {
      return;
    }
    Context old = context;
    context = null;
    try {
      old.shutdown();
    } catch (Pi4JException e) {
      // The context is dropped in any case; the trouble that led here is already on its way up.
    }
  }

  private I2C device(int address) {
    if (context == null) {
      context = Pi4J.newContextBuilder().add(provider.get()).build();
    }
    return devices.computeIfAbsent(
        address,
        a ->
            context.create(
                I2C.newConfigBuilder(context)
                    .id("i2c-" + number + "-" + hex(a))
                    .bus(number)
                    .device(a)
                    .build()));
  }

  /** Every access to Pi4J: what it throws, and a count that is not the one asked for, end here. */
  private void transfer(int address, String action, int count, ToIntFunction<I2C> transfer)
      throws IOException {
    int done;
    try {
      done = transfer.applyAsInt(device(address));
    } catch (Pi4JException | LinkageError e) {
      BusException trouble = I2cErrno.of(number, hex(address) + " " + action, e);
      if (!trouble.isNack()) {
        close();
      }
      throw trouble;
    } catch (RuntimeException e) {
      close();
      throw interruption(e);
    }
    if (done != count) {
      close();
      throw new BusException(
          String.format(
              "i2c-%d %s %s was short: %d of %d", number, hex(address), action, done, count),
          BusException.UNKNOWN);
    }
  }

  /** Pi4J wraps an interrupt while it waits for its lock, and drops the thread's flag. */
  private static InterruptedIOException interruption(RuntimeException error) {
    if (!(error.getCause() instanceof InterruptedException)) {
      throw error;
    }
    return Interruption.of(error, "interrupted on the bus");
  }

  private static String hex(int address) {
    return String.format("0x%02x", address);
  }

  /** Plain writes and reads only: each is one system call, START to STOP. */
  private final class Port implements I2cPort {
    private final int address;

    private Port(int address) {
      this.address = address;
    }

    @Override
    public void write(int... bytes) throws IOException {
      byte[] data = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        data[i] = (byte) bytes[i];
      }
      transfer(address, "write", data.length, i2c -> i2c.write(data, 0, data.length));
    }

    @Override
    public byte[] read(int count) throws IOException {
      byte[] data = new byte[count];
      transfer(address, "read", count, i2c -> i2c.read(data, 0, count));
      return data;
    }
  }
}
