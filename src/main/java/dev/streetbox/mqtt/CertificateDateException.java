package dev.streetbox.mqtt;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reports a certificate that is not valid at the time that this box believes it to be. */
final class CertificateDateException extends IOException {
  private static final long serialVersionUID = 1L;

  private CertificateDateException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns an exception that states the dates, if an invalid date is the cause of a handshake's
   * error; else empty.
   *
   * @param now the time by which the certificate was verified
   */
  static Optional<CertificateDateException> in(IOException error, KnownTime now) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException path && path.getIndex() >= 0) {
        X509Certificate wrong =
            (X509Certificate) path.getCertPath().getCertificates().get(path.getIndex());
        return describe(wrong, path.getCause(), now)
            .map(text -> new CertificateDateException(text, error));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> describe(X509Certificate wrong, Throwable reason, KnownTime now) {
    String name = "the certificate of " + wrong.getSubjectX500Principal().getName();
    String belief =
        ", this box believes it is %s (%s): "
            .formatted(now.utc().truncatedTo(ChronoUnit.SECONDS), now.source());
    if (reason instanceof CertificateNotYetValidException) {
      Instant from = wrong.getNotBefore().toInstant();
      return Optional.of(
          name + " is valid from " + from + belief + "wait for GNSS or set the clock");
    }
    if (reason instanceof CertificateExpiredException) {
      Instant until = wrong.getNotAfter().toInstant();
      return Optional.of(
          name + " was valid until " + until + belief + "renew it, unless the time is wrong");
    }
    return Optional.empty();
  }
}
