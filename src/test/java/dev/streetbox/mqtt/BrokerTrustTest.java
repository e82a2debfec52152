package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/** Explains what a verifier throws; TlsRefusalsIT has the errors of the real one. */
class BrokerTrustTest {
  private static final X509Certificate LEAF = certificate("CN=broker", "CN=middle");
  private static final X509Certificate ROOT = certificate("CN=root", "CN=root");

  private static X509Certificate certificate(String subject, String issuer) {
    return new FakeCertificate(subject, issuer, "SHA256withRSA", null);
  }

  /** Refuses every chain with one exception. */
  private static final class Refusing extends X509ExtendedTrustManager {
    private final CertificateException error;

    Refusing(CertificateException error) {
      this.error = error;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw error;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new AssertionError("a socket is used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("a socket is used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw new AssertionError("it is a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new AssertionError("it is a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("it is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {ROOT};
    }
  }

  private static BrokerTrust trust(CertificateException error) {
    return new BrokerTrust(new Refusing(error), new StrongAlgorithms(), "broker.example");
  }

  private static CertificateException refusal(
      CertificateException error, X509Certificate... chain) {
    return assertThrows(
        CertificateException.class,
        () -> trust(error).checkServerTrusted(chain, "RSA", new Socket()));
  }

  private static void assertRefused(
      CertificateException error, String words, X509Certificate... chain) {
    CertificateException refusal = refusal(error, chain);
    assertEquals(CertificateRefusedException.class, refusal.getClass());
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }

  @Test
  void aChainWithoutItsAuthorityNamesTheIssuerThatIsMissing() {
    CertificateException unknown =
        new CertificateException("PKIX path", new CertPathBuilderException());
    assertRefused(unknown, "CN=middle has issued it", LEAF);
    assertRefused(unknown, "ca_file? The authority is CN=root", LEAF, ROOT);
  }

  @Test
  void aChainThatBreaksAnotherRuleIsReportedByTheVerifiersError() {
    CertificateException dated =
        new CertificateException(
            "PKIX path", new CertPathBuilderException("expired", new CertificateException()));
    assertSame(dated, refusal(dated, LEAF));
    CertificateException other = new CertificateException("other", new CertificateException());
    assertSame(other, refusal(other, LEAF));
  }

  @Test
  void theAuthoritiesAreThoseOfTheVerifierAndNoClientIsTrusted() {
    BrokerTrust trust = trust(new CertificateException("none"));
    assertSame(ROOT, trust.getAcceptedIssuers()[0]);
    X509Certificate[] chain = {LEAF};
    assertThrows(
        CertificateException.class, () -> trust.checkClientTrusted(chain, "RSA", new Socket()));
    assertThrows(
        CertificateException.class, () -> trust.checkClientTrusted(chain, "RSA", (SSLEngine) null));
    assertThrows(CertificateException.class, () -> trust.checkServerTrusted(chain, "RSA"));
  }
}
