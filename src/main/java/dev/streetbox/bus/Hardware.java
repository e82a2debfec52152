package dev.streetbox.bus;

/**
 * Makes the ports of a real or a simulated machine. Opens nothing before a port is first used.
 * Callable by any thread; each port is used by one thread.
 */
public interface Hardware {
  /**
   * The configuration's value for a simulated bus, receiver or GPIO, and the contract's field of
   * messages whose box has a simulated source.
   */
  String SIMULATED = "sim";

  /**
   * Returns whether a configuration's value means simulated hardware. No other code compares the
   * value.
   */
  static boolean isSimulated(String value) {
    return value.equals(SIMULATED);
  }

  /**
   * Makes a port to one address of an I2C bus, whether a part is there or not.
   *
   * @param bus as {@code i2c-1}
   * @param address 7 bits, 0x08 to 0x77
   * @throws IllegalArgumentException if the I2C specification reserves the address
   */
  I2cPort i2c(String bus, int address);

  /**
   * Makes a serial port, 8N1.
   *
   * @param device as {@code /dev/serial0}
   * @param baud bits per second
   */
  SerialPort uart(String device, int baud);

  /**
   * Makes a capture port.
   *
   * @param device the ALSA name of a sound card, as {@code hw:0,0}
   */
  AudioPort audio(String device);

  /** Makes a connection to a server; {@link SerialPort#open} connects. */
  SerialPort tcp(String host, int port);

  /**
   * Makes an input with a pull-up, not open.
   *
   * @param line the BCM number
   */
  GpioInput gpioInput(int line);

  /**
   * Makes an output, not open.
   *
   * @param line the BCM number
   */
  GpioOutput gpioOutput(int line);

  /**
   * Releases an I2C bus, on its own thread or after that has ended; a port of it that is used later
   * opens the bus again. Does nothing for any other name. Never throws.
   */
  void release(String bus);
}
