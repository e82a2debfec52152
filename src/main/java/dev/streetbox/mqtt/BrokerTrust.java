package dev.streetbox.mqtt;

import dev.streetbox.measure.PrintableText;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies the broker's certificate chain by another trust manager, and states in words why a chain
 * is not accepted. Safe for every thread.
 */
final class BrokerTrust extends X509ExtendedTrustManager {
  private static final int MAX_NAME = 100;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509ExtendedTrustManager verifier;
  private final StrongAlgorithms algorithms;
  private final String host;

  /**
   * @param host the name or address that the certificate has to hold, for messages
   */
  BrokerTrust(X509ExtendedTrustManager verifier, StrongAlgorithms algorithms, String host) {
    this.verifier = verifier;
    this.algorithms = algorithms;
    this.host = host;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    for (X509Certificate certificate : chain) {
      Optional<String> weakness = algorithms.weakness(certificate);
      if (weakness.isPresent()) {
        throw new CertificateRefusedException(
            "the certificate of %s %s: have it issued anew with RSA of 2048 bits or EC P-256, and SHA-256"
                .formatted(subject(certificate), weakness.get()));
      }
    }
    try {
      verifier.checkServerTrusted(chain, type, socket);
    } catch (CertificateException e) {
      throw explained(chain, e);
    }
  }

  private CertificateException explained(X509Certificate[] chain, CertificateException e)
      throws CertificateException {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
      return new CertificateRefusedException(
          "the broker's certificate is for %s, not for %s: write one of its names in [mqtt] broker, or have it issued for %s"
              .formatted(names(chain[0]), host, host));
    }
    if (e.getCause() instanceof CertPathBuilderException builder && builder.getCause() == null) {
      return new CertificateRefusedException(
          "the broker's certificate is of no known authority: ca_file? " + missing(chain));
    }
    return e;
  }

  private static String missing(X509Certificate[] chain) {
    X509Certificate last = chain[chain.length - 1];
    String issuer = PrintableText.of(last.getIssuerX500Principal().getName(), MAX_NAME);
    if (last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
      return "The authority is " + issuer;
    }
    return "%s has issued it, and the broker sends no certificate of that issuer: append an intermediate certificate to the broker's certfile, or add an authority to ca_file"
        .formatted(issuer);
  }

  private static String names(X509Certificate certificate) throws CertificateException {
    List<String> names = new ArrayList<>();
    if (certificate.getSubjectAlternativeNames() != null) {
      for (List<?> name : certificate.getSubjectAlternativeNames()) {
        if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
          names.add(String.valueOf(name.get(1)));
        }
      }
    }
    return names.isEmpty()
        ? subject(certificate)
        : PrintableText.of(String.join(", ", names), MAX_NAME);
  }

  private static String subject(X509Certificate certificate) {
    return PrintableText.of(certificate.getSubjectX500Principal().getName(), MAX_NAME);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no engine is used");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("the host would not be verified");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return verifier.getAcceptedIssuers();
  }
}
