package dev.streetbox.mqtt;

import java.io.IOException;

/** A certificate or key of the configuration cannot be used; a person has to change a file. */
final class TlsFileException extends IOException {
  private static final long serialVersionUID = 1L;

  TlsFileException(String message, Throwable cause) {
    super(message, cause);
  }

  TlsFileException(String message) {
    super(message);
  }
}
