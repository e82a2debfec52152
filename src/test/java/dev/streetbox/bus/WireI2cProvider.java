package dev.streetbox.bus;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * A Pi4J provider with a wire that a test scripts. Its bus selects a part as Pi4J's own Linux bus
 * does, defect included: the part counts as selected even where selecting it failed.
 */
final class WireI2cProvider extends I2CProviderBase implements I2CProvider {
  /** What the kernel does. */
  interface Wire {
    /** The ioctl I2C_SLAVE. */
    default void select(int address) throws IOException {}

    /** write(2) to the selected part; returns how many bytes went. */
    int write(int address, byte[] bytes) throws IOException;

    /** read(2) from the selected part; returns how many bytes came. */
    int read(int address, byte[] bytes) throws IOException;
  }

  private final Wire wire;
  private Bus bus;

  WireI2cProvider(Wire wire) {
    super("wire", "wire");
    this.wire = wire;
  }

  @Override
  public I2C create(I2CConfig config) {
    if (bus == null) {
      bus = new Bus(config, wire);
    }
    Device device = new Device(this, config, bus);
    context.registry().add(device);
    return device;
  }

  /** A device of its own on the same bus, for a test that takes the bus away. */
  I2C other() {
    return create(I2C.newConfigBuilder(context).id("other").bus(1).device(0x10).build());
  }

  private static final class Bus extends I2CBusBase {
    private final Wire wire;
    private int lastAddress;
    private int selected;

    Bus(I2CConfig config, Wire wire) {
      super(config);
      this.wire = wire;
    }

    @Override
    public <R> R execute(I2C i2c, Callable<R> action) {
      return _execute(
          i2c,
          () -> {
            if (lastAddress != i2c.device()) {
              lastAddress = i2c.device();
              wire.select(i2c.device());
              selected = i2c.device();
            }
            return action.call();
          });
    }
  }

  private static final class Device extends I2CBase<Bus> implements I2C {
    Device(I2CProvider provider, I2CConfig config, Bus bus) {
      super(provider, config, bus);
    }

    @Override
    public int write(byte[] data, int offset, int length) {
      return i2CBus.execute(this, () -> i2CBus.wire.write(i2CBus.selected, data));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return i2CBus.execute(this, () -> i2CBus.wire.read(i2CBus.selected, buffer));
    }

    @Override
    public int write(byte b) {
      throw unused();
    }

    @Override
    public int read() {
      throw unused();
    }

    @Override
    public int readRegister(int register) {
      throw unused();
    }

    @Override
    public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
      throw unused();
    }

    @Override
    public int readRegister(int register, byte[] buffer, int offset, int length) {
      throw unused();
    }

    @Override
    public int writeRegister(int register, byte b) {
      throw unused();
    }

    @Override
    public int writeRegister(int register, byte[] data, int offset, int length) {
      throw unused();
    }

    @Override
    public int writeRegister(byte[] register, byte[] data, int offset, int length) {
      throw unused();
    }

    private static AssertionError unused() {
      return new AssertionError("only plain reads and writes are used");
    }
  }
}
