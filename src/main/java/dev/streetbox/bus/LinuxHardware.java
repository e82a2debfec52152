package dev.streetbox.bus;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the ports of this machine, a Raspberry Pi or another Linux. Safe for all threads. */
public final class LinuxHardware implements Hardware {
  private static final String I2C = "i2c-";

  private final Time time;
  private final GpioAccess gpio = new GpioAccess();
  private final Map<String, Pi4jBus> buses = new ConcurrentHashMap<>();

  /** Makes the factory; opens nothing. */
  public LinuxHardware(Time time) {
    this.time = time;
  }

  @Override
  public I2cPort i2c(String bus, int address) {
    return buses.computeIfAbsent(bus, LinuxHardware::of).port(address);
  }

  @Override
  public SerialPort uart(String device, int baud) {
    return new UartPort(Path.of(device), baud);
  }

  @Override
  public AudioPort audio(String device) {
    return new ArecordPort(device, time);
  }

  @Override
  public SerialPort tcp(String host, int port) {
    return new TcpPort(host, port);
  }

  @Override
  public GpioInput gpioInput(int line) {
    return new LinuxGpioInput(line, gpio);
  }

  @Override
  public GpioOutput gpioOutput(int line) {
    return new LinuxGpioOutput(line, gpio);
  }

  @Override
  public void release(String bus) {
    Pi4jBus open = buses.get(bus);
    if (open != null) {
      open.close();
    }
  }

  private static Pi4jBus of(String bus) {
    if (!bus.startsWith(I2C)) {
      throw new IllegalArgumentException(bus + " is no I2C bus of Linux");
    }
    return Pi4jBus.linux(Integer.parseInt(bus.substring(I2C.length())));
  }
}
