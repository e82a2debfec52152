package dev.streetbox.bus;

import java.util.Map;

/** Adds a {@link BusTrace} to each I2C and UART port of other hardware. */
public final class TracedHardware implements Hardware {
  private final Hardware hardware;
  private final BusTrace trace;
  private final Map<String, String> names;

  /**
   * Keeps the names; opens nothing.
   *
   * @param names the parts' names in the trace, by {@link #place} or serial device; a place without
   *     a name appears as itself
   */
  public TracedHardware(Hardware hardware, BusTrace trace, Map<String, String> names) {
    this.hardware = hardware;
    this.trace = trace;
    this.names = Map.copyOf(names);
  }

  /** Returns the key of an address on a bus, as {@code i2c-1 0x44}. */
  public static String place(String bus, int address) {
    return String.format("%s 0x%02x", bus, address);
  }

  @Override
  public I2cPort i2c(String bus, int address) {
    return trace.wrap(name(place(bus, address)), hardware.i2c(bus, address));
  }

  @Override
  public SerialPort uart(String device, int baud) {
    return trace.wrap(name(device), hardware.uart(device, baud));
  }

  @Override
  public AudioPort audio(String device) {
    return hardware.audio(device);
  }

  @Override
  public SerialPort tcp(String host, int port) {
    return hardware.tcp(host, port);
  }

  @Override
  public GpioInput gpioInput(int line) {
    return hardware.gpioInput(line);
  }

  @Override
  public GpioOutput gpioOutput(int line) {
    return hardware.gpioOutput(line);
  }

  @Override
  public void release(String bus) {
    hardware.release(bus);
  }

  private String name(String place) {
    return names.getOrDefault(place, place);
  }
}
