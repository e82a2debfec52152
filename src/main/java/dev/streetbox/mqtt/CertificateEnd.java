package dev.streetbox.mqtt;

import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the time at which a certificate chain ceases to be valid. */
public final class CertificateEnd {
  private CertificateEnd() {}

  /**
   * Returns when the client's own certificate chain ends; empty if the settings name none.
   *
   * @throws IOException if the file cannot be read
   */
  public static Optional<Instant> ofClient(BrokerSettings settings) throws IOException {
    return settings.clientCertFile().isEmpty()
        ? Optional.empty()
        : of(Tls.certificates("client_cert_file", settings.clientCertFile()).stream());
  }

  /** Returns the earliest end of validity in a chain; empty if no certificate is X.509. */
  static Optional<Instant> of(Stream<Certificate> chain) {
    return chain
        .filter(X509Certificate.class::isInstance)
        .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant())
        .min(Instant::compareTo);
  }
}
