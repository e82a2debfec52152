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
 * Provides Pi4J's I2C over an adapter that a test scripts. Its bus selects an address as Pi4J's own
 * Linux bus does, including the defect that an address counts as selected even if selecting it
 * failed.
 */
final class ScriptedI2cProvider extends I2CProviderBase implements I2CProvider {
  /** Replaces the kernel's I2C adapter. */
  interface I2cAdapter {
    /** Replaces ioctl I2C_SLAVE. */
    default void select(int address) throws IOException {}

    /** Replaces write(2) to the selected address; returns the number of bytes written. */
    int write(int address, byte[] bytes) throws IOException;

    /** Replaces read(2) from the selected address; returns the number of bytes read. */
    int read(int address, byte[] bytes) throws IOException;
  }

  private final I2cAdapter i2cAdapter;
  private Bus bus;

  ScriptedI2cProvider(I2cAdapter i2cAdapter) {
    super("scripted", "scripted");
    this.i2cAdapter = i2cAdapter;
  }

  @Override
  public I2C create(I2CConfig config) {
    if (bus == null) {
      bus = new Bus(config, i2cAdapter);
    }
    Device device = new Device(this, config, bus);
    context.registry().add(device);
    return device;
  }

  /** Makes another device on the same bus, for a test that holds the bus's lock. */
  I2C other() {
    return create(I2C.newConfigBuilder(context).id("other").bus(1).device(0x10).build());
  }

  private static final class Bus extends I2CBusBase {
    private final I2cAdapter i2cAdapter;
    private int lastAddress;
    private int selected;

    Bus(I2CConfig config, I2cAdapter i2cAdapter) {
      super(config);
      this.i2cAdapter = i2cAdapter;
    }

    @Override
    public <R> R execute(I2C i2c, Callable<R> action) {
      return _execute(
          i2c,
          () -> {
            if (lastAddress != i2c.device()) {
              lastAddress = i2c.device();
              i2cAdapter.select(i2c.device());
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
      return i2CBus.execute(this, () -> i2CBus.i2cAdapter.write(i2CBus.selected, data));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return i2CBus.execute(this, () -> i2CBus.i2cAdapter.read(i2CBus.selected, buffer));
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
