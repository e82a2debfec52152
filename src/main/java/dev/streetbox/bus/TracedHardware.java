package dev.streetbox.bus;

import java.util.Map;

/** Hands the ports of other hardware out with a {@link BusTrace} on each but the sound cards. */
public final class TracedHardware implements Hardware {
  private final Hardware hardware;
  private final BusTrace trace;
  private final Map<String, String> names;

  /**
   * Keeps the names; opens nothing.
   *
   * @param names of the parts, as the trace shows them, by {@link #place} or serial device; a place
   *     without one is shown itself
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
    return trace.on(name(place(bus, address)), hardware.i2c(bus, address));
  }

  @Override
  public SerialPort uart(String device, int baud) {
    return trace.on(name(device), hardware.uart(device, baud));
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
  public void release(String bus) {
    hardware.release(bus);
  }

  private String name(String place) {
    return names.getOrDefault(place, place);
  }
}
