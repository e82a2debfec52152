package dev.streetbox.mqtt;

import java.security.cert.CertificateException;

/** Reports a broker's certificate that is not accepted; the message has cause and remedy. */
final class CertificateRefusedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  CertificateRefusedException(String message) {
    super(message);
  }
}
