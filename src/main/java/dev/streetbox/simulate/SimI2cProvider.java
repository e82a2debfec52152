package dev.streetbox.simulate;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * Offers the simulated bus to one Pi4J context. It extends Pi4J's own base classes, so that lock,
 * timeout and nesting of exceptions are the real ones.
 */
final class SimI2cProvider extends I2CProviderBase implements I2CProvider {
  private final SimI2cBus i2cBus;
  private Bus bus; // null before the first device

  /** Makes a provider of this bus. */
  SimI2cProvider(SimI2cBus i2cBus) {
    super("sim-i2c", "simulated I2C");
    this.i2cBus = i2cBus;
  }

  @Override
  public I2C create(I2CConfig config) {
    if (bus == null) {
      bus = new Bus(config);
    }
    Device device = new Device(this, config, bus, i2cBus);
    context.registry().add(device);
    return device;
  }

  private static final class Bus extends I2CBusBase {
    private Bus(I2CConfig config) {
      super(config);
    }

    @Override
    public <R> R execute(I2C i2c, Callable<R> action) {
      return _execute(i2c, action);
    }
  }

  /** Accesses a register as Linux does: it writes the register's number, then writes or reads. */
  private static final class Device extends I2CBase<Bus> implements I2C {
    private final SimI2cBus i2cBus;

    private Device(I2CProvider provider, I2CConfig config, Bus bus, SimI2cBus i2cBus) {
      super(provider, config, bus);
      this.i2cBus = i2cBus;
    }

    @Override
    public int write(byte b) {
      return write(new byte[] {b}, 0, 1);
    }

    @Override
    public int write(byte[] data, int offset, int length) {
      return execute(
          () -> {
            i2cBus.write(device(), Arrays.copyOfRange(data, offset, offset + length));
            return length;
          });
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      read(one, 0, 1);
      return Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return execute(
          () -> {
            System.arraycopy(i2cBus.read(device(), length), 0, buffer, offset, length);
            return length;
          });
    }

    @Override
    public int readRegister(int register) {
      write((byte) register);
      return read();
    }

    @Override
    public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
      write(register, 0, register.length);
      return read(buffer, offset, length);
    }

    @Override
    public int readRegister(int register, byte[] buffer, int offset, int length) {
      return readRegister(new byte[] {(byte) register}, buffer, offset, length);
    }

    @Override
    public int writeRegister(int register, byte b) {
      return writeRegister(register, new byte[] {b}, 0, 1);
    }

    @Override
    public int writeRegister(int register, byte[] data, int offset, int length) {
      return writeRegister(new byte[] {(byte) register}, data, offset, length);
    }

    @Override
    public int writeRegister(byte[] register, byte[] data, int offset, int length) {
      byte[] bytes = Arrays.copyOf(register, register.length + length);
      System.arraycopy(data, offset, bytes, register.length, length);
      return write(bytes, 0, bytes.length) - register.length;
    }
  }
}
