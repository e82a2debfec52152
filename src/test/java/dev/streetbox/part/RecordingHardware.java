package dev.streetbox.part;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.GpioOutput;
import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedAudio;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SerialPort;
import java.util.ArrayList;
import java.util.List;

/** Records which ports are made; the ports expect no transaction, and a serial port is null. */
final class RecordingHardware implements Hardware {
  final List<String> made = new ArrayList<>();

  @Override
  public I2cPort i2c(String bus, int address) {
    made.add("%s 0x%02x".formatted(bus, address));
    return new ScriptedI2c(new ScriptedTime());
  }

  @Override
  public SerialPort uart(String device, int baud) {
    made.add(device + " " + baud);
    return null;
  }

  @Override
  public AudioPort audio(String device) {
    made.add(device);
    return new ScriptedAudio(new ScriptedTime(), 48_000);
  }

  @Override
  public SerialPort tcp(String host, int port) {
    throw new AssertionError("no part is at a TCP port");
  }

  @Override
  public GpioInput gpioInput(int line) {
    throw new AssertionError("no part is at a GPIO line");
  }

  @Override
  public GpioOutput gpioOutput(int line) {
    throw new AssertionError("no part is at a GPIO line");
  }

  @Override
  public void release(String bus) {
    throw new AssertionError("ports are not released by the one who makes them");
  }
}
