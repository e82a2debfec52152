package dev.streetbox.mqtt;

import java.io.IOException;

/** Reports a certificate or key file that cannot be used; a person has to change the file. */
final class TlsFileException extends IOException {
  private static final long serialVersionUID = 1L;

  TlsFileException(String message, Throwable cause) {
    super(message, cause);
  }

  TlsFileException(String message) {
    super(message);
  }
}
