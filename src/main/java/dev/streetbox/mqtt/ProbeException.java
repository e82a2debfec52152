package dev.streetbox.mqtt;

import java.io.IOException;

/** Ends a {@link BrokerProbe} at the step that did not pass; the message states the cause. */
final class ProbeException extends IOException {
  private static final long serialVersionUID = 1L;

  ProbeException(String message) {
    super(message);
  }

  ProbeException(String message, Throwable cause) {
    super(message, cause);
  }
}
