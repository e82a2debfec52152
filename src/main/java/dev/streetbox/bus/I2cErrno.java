package dev.streetbox.bus;

import java.util.Arrays;
import java.util.Optional;

/**
 * Maps the error numbers of Linux's I2C to their likely causes on a box. Pi4J keeps the number only
 * as the text of the root cause, the C library's English message (the unit sets {@code
 * LC_ALL=C.UTF-8}); Linux documents the numbers in i2c/fault-codes.
 */
enum I2cErrno {
  ENXIO(BusException.ENXIO, "No such device or address", "the part is missing, unpowered or busy"),
  EREMOTEIO(BusException.EREMOTEIO, "Remote I/O error", "the part is missing, unpowered or busy"),
  ETIMEDOUT(110, "Connection timed out", "SDA or SCL is held low, check wiring and pull-ups"),
  EIO(5, "Input/output error", "the bus is disturbed, check wiring and power"),
  EAGAIN(11, "Resource temporarily unavailable", "another master or noise took the bus"),
  EBUSY(16, "Device or resource busy", "a kernel driver owns the address, remove its dtoverlay"),
  ENODEV(19, "No such device", "the adapter has gone"),
  EINVAL(22, "Invalid argument", "the adapter cannot do this");

  private final int errno;
  private final String text;
  private final String likelyCause;

  I2cErrno(int errno, String text, String likelyCause) {
    this.errno = errno;
    this.text = text;
    this.likelyCause = likelyCause;
  }

  /**
   * Makes the exception for an error of Pi4J, with the likely cause.
   *
   * @param bus the bus's number
   * @param action the address and the action, as {@code 0x69 write}
   * @param error the exception or error that Pi4J threw
   */
  static BusException of(int bus, String action, Throwable error) {
    String root = String.valueOf(rootOf(error).getMessage());
    if (root.contains("does not exist")) {
      return new BusException(
          "/dev/i2c-" + bus + " is missing: enable I2C (dtparam=i2c_arm=on)", 2, error);
    }
    if (root.contains("is not readable") || root.contains("is not writable")) {
      return new BusException(
          "/dev/i2c-" + bus + " is not permitted: add this user to group i2c", 13, error);
    }
    String place = "i2c-" + bus + " " + action + " failed: ";
    if (error instanceof LinkageError) {
      return new BusException(
          place + "Pi4J has no library for this machine", BusException.UNKNOWN, error);
    }
    Optional<I2cErrno> known =
        Arrays.stream(values()).filter(number -> root.equals(number.text)).findFirst();
    return new BusException(
        place + known.map(I2cErrno::toString).orElse(root),
        known.map(number -> number.errno).orElse(BusException.UNKNOWN),
        error);
  }

  @Override
  public String toString() {
    return text + " (" + likelyCause + ")";
  }

  private static Throwable rootOf(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
