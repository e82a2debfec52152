package dev.streetbox.bus;

import java.io.IOException;

/** Reports an error of a bus or port: no acknowledge, a hung bus, a port that is gone. */
public final class BusException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The value of {@link #errno()} if the operating system gave no number. */
  public static final int UNKNOWN = 0;

  /** ENXIO: no part acknowledged the address (some adapters). */
  public static final int ENXIO = 6;

  /** EREMOTEIO: no part acknowledged the address (the Pi's adapter). */
  public static final int EREMOTEIO = 121;

  /** ETIMEDOUT: SDA or SCL was held low. */
  public static final int ETIMEDOUT = 110;

  private final int errno;

  /**
   * Makes an error that has a cause.
   *
   * @param message the place, the error and its likely cause, for display
   * @param errno the operating system's error number, or {@link #UNKNOWN}
   */
  public BusException(String message, int errno, Throwable cause) {
    super(message, cause);
    this.errno = errno;
  }

  /** Makes an error without a cause. */
  public BusException(String message, int errno) {
    this(message, errno, null);
  }

  /** Returns the operating system's error number, or {@link #UNKNOWN}. */
  public int errno() {
    return errno;
  }

  /** Returns whether no part acknowledged the address: the part is missing, unpowered or busy. */
  public boolean isNack() {
    return errno == ENXIO || errno == EREMOTEIO;
  }

  /**
   * Returns whether the bus was held until the deadline; each further transfer may take as long.
   */
  public boolean isTimeout() {
    return errno == ETIMEDOUT;
  }
}
