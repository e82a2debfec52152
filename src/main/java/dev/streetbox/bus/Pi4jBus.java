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
 * Drives one I2C bus through Pi4J 2.8, opened when a port is first used. The bus and its ports are
 * used by the bus's own thread only.
 *
 * <p>After any error but a missing acknowledge the Pi4J context is discarded, and the next use of
 * any port builds a new one. The reason is a defect of Pi4J: if selecting an address fails, Pi4J
 * still records the address as selected, and would send the next bytes to the address selected
 * before ({@code LinuxFsI2CBus.selectBusSlave}, 2.8.0 to 4.0.2). The same step re-opens a hung bus.
 */
public final class Pi4jBus implements AutoCloseable {
  private static final int LOWEST_ADDRESS = 0x08;
  private static final int HIGHEST_ADDRESS = 0x77;

  private final int number;
  private final Supplier<? extends I2CProvider> provider;
  private final Map<Integer, I2C> devices = new HashMap<>();
  private Context context; // null while closed

  /**
   * Makes the bus of a Pi4J provider; opens nothing yet.
   *
   * @param number the bus's number, as in {@code i2c-1}
   * @param provider makes the provider of one context; called each time the bus is opened
   */
  public Pi4jBus(int number, Supplier<? extends I2CProvider> provider) {
    this.number = number;
    this.provider = provider;
  }

  /**
   * Makes the bus {@code /dev/i2c-N} of this machine; using the bus requires group i2c, not root.
   */
  public static Pi4jBus linux(int number) {
    return new Pi4jBus(number, LinuxFsI2CProvider::newInstance);
  }

  /**
   * Makes a port to an address. Sends nothing; ports of one address share one Pi4J device.
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
      // The context is discarded in any case; the error that led here is already being thrown.
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

  /**
   * Runs one transfer of Pi4J, and turns what Pi4J throws, and a count other than the requested
   * one, into an IOException.
   */
  private void transfer(int address, String action, int count, ToIntFunction<I2C> transfer)
      throws IOException {
    int done;
    try {
      done = transfer.applyAsInt(device(address));
    } catch (Pi4JException | LinkageError e) {
      BusException error = I2cErrno.of(number, hex(address) + " " + action, e);
      if (!error.isNack()) {
        close();
      }
      throw error;
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

  /**
   * Restores an interrupt, because Pi4J wraps an interrupt during the wait for its lock and clears
   * the thread's flag.
   */
  private static InterruptedIOException interruption(RuntimeException error) {
    if (!(error.getCause() instanceof InterruptedException)) {
      throw error;
    }
    return Interruption.of(error, "interrupted on the bus");
  }

  private static String hex(int address) {
    return String.format("0x%02x", address);
  }

  /** Uses plain writes and reads only, because each is one system call, START to STOP. */
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
