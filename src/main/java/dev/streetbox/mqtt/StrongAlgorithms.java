package dev.streetbox.mqtt;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.interfaces.DHKey;
import javax.net.ssl.SSLParameters;

/**
 * Allows TLS 1.3, and TLS 1.2 with forward secrecy; no RSA or DH below 2048 bits, no curve below
 * 224 bits, no SHA-1 or MD5 (compare RFC 9325). Safe for every thread.
 */
final class StrongAlgorithms implements AlgorithmConstraints {
  private static final int MIN_BITS = 2048;
  private static final int MIN_CURVE_BITS = 224;

  /** Sets protocols, cipher suites and constraints of a socket. */
  void apply(SSLParameters parameters) {
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setCipherSuites(
        Arrays.stream(parameters.getCipherSuites())
            .filter(StrongAlgorithms::isStrongSuite)
            .toArray(String[]::new));
    parameters.setAlgorithmConstraints(this);
  }

  /** Returns why a certificate is too weak; empty if it is not. */
  Optional<String> weakness(X509Certificate certificate) {
    Optional<String> ofKey = weakness(certificate.getPublicKey());
    // The signature of a certificate by itself proves nothing, so its hash does not matter.
    boolean ownIssuer =
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    return ofKey.isEmpty() && !ownIssuer && isWeak(certificate.getSigAlgName())
        ? Optional.of("is signed by " + certificate.getSigAlgName())
        : ofKey;
  }

  private static Optional<String> weakness(Key key) {
    int bits = Integer.MAX_VALUE;
    if (key instanceof RSAKey rsa) {
      bits = rsa.getModulus().bitLength();
    } else if (key instanceof DHKey dh) {
      bits = dh.getParams().getP().bitLength();
    } else if (key instanceof DSAKey) {
      bits = 0;
    } else if (key instanceof ECKey ec) {
      int curve = ec.getParams().getOrder().bitLength();
      bits = curve < MIN_CURVE_BITS ? curve : Integer.MAX_VALUE;
    }
    return bits < MIN_BITS
        ? Optional.of("has a weak %s key (%d bits)".formatted(key.getAlgorithm(), bits))
        : Optional.empty();
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
    return !isWeak(algorithm);
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return weakness(key).isEmpty();
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
    return !isWeak(algorithm) && weakness(key).isEmpty();
  }

  private static boolean isWeak(String algorithm) {
    String name = algorithm.toUpperCase(Locale.ROOT);
    return name.contains("SHA1") || name.contains("MD5") || name.contains("MD2");
  }

  /**
   * Returns whether a suite has forward secrecy and no SHA-1; those of TLS 1.3 name no exchange.
   */
  private static boolean isStrongSuite(String suite) {
    boolean ephemeral =
        !suite.contains("_WITH_")
            || suite.startsWith("TLS_ECDHE_")
            || suite.startsWith("TLS_DHE_RSA_");
    return ephemeral && !suite.endsWith("_SHA");
  }
}
