package dev.streetbox.bus;

import java.io.IOException;

/** The wire failed: nobody acknowledged, the bus hung, the port is gone. */
public final class BusException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@link #errno()} where the operating system named none. */
  public static final int UNKNOWN = 0;

  /** ENXIO: no part acknowledged the address (some adapters). */
  public static final int ENXIO = 6;

  /** EREMOTEIO: no part acknowledged the address (the Pi's adapter). */
  public static final int EREMOTEIO = 121;

  /** ETIMEDOUT: somebody held the bus. */
  public static final int ETIMEDOUT = 110;

  private final int errno;

  /**
   * @param message the place, what happened and the likely cause, for a person
   * @param errno the operating system's error number, or {@link #UNKNOWN}
   */
  public BusException(String message, int errno, Throwable cause) {
    super(message, cause);
    this.errno = errno;
  }

  /** A trouble that has no cause of its own. */
  public BusException(String message, int errno) {
    this(message, errno, null);
  }

  /** The operating system's error number, or {@link #UNKNOWN}. */
  public int errno() {
    return errno;
  }

  /** Whether nobody answered at the address: the part is missing, unpowered or busy. */
  public boolean isNack() {
    return errno == ENXIO || errno == EREMOTEIO;
  }

  /** Whether the wire was held until the deadline: every further word to the part costs another. */
  public boolean isTimeout() {
    return errno == ETIMEDOUT;
  }
}
