package dev.streetbox.mqtt;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A certificate is not valid at the time that it is, as far as this box knows. */
final class CertificateDateException extends IOException {
  private static final long serialVersionUID = 1L;

  private CertificateDateException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What a failed handshake says about dates, if it is about dates.
   *
   * @param now what the certificate was judged by
   */
  static Optional<CertificateDateException> in(IOException failure, KnownTime now) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException path && path.getIndex() >= 0) {
        X509Certificate wrong =
            (X509Certificate) path.getCertPath().getCertificates().get(path.getIndex());
        return words(wrong, path.getCause(), now)
            .map(words -> new CertificateDateException(words, failure));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> words(X509Certificate wrong, Throwable why, KnownTime now) {
    String name = "the certificate of " + wrong.getSubjectX500Principal().getName();
    String belief =
        ", this box believes it is %s (%s): "
            .formatted(now.utc().truncatedTo(ChronoUnit.SECONDS), now.word());
    if (why instanceof CertificateNotYetValidException) {
      Instant from = wrong.getNotBefore().toInstant();
      return Optional.of(
          name + " is valid from " + from + belief + "wait for GNSS or set the clock");
    }
    if (why instanceof CertificateExpiredException) {
      Instant until = wrong.getNotAfter().toInstant();
      return Optional.of(
          name + " was valid until " + until + belief + "renew it, unless the time is wrong");
    }
    return Optional.empty();
  }
}
