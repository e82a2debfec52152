package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECKey;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.Set;
import javax.crypto.spec.DHPublicKeySpec;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** Checks the limits of keys, hashes and suites on both sides of each. */
class StrongAlgorithmsTest {
  private final StrongAlgorithms strong = new StrongAlgorithms();

  /** Returns an odd number of so many bits. */
  private static BigInteger bits(int count) {
    return BigInteger.ONE.shiftLeft(count - 1).setBit(0);
  }

  private static Key rsa(int bits) throws Exception {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(bits(bits), BigInteger.valueOf(65_537)));
  }

  private static Key dh(int bits) throws Exception {
    return KeyFactory.getInstance("DH")
        .generatePublic(new DHPublicKeySpec(BigInteger.TEN, bits(bits), BigInteger.TWO));
  }

  /** Returns a key of a curve whose order has so many bits; the JVM has no such weak curve. */
  private static Key ec(int bits) {
    EllipticCurve curve =
        new EllipticCurve(new ECFieldFp(bits(bits)), BigInteger.ONE, BigInteger.ONE);
    ECPoint generator = new ECPoint(BigInteger.ONE, BigInteger.ONE);
    return new CurveKey(new ECParameterSpec(curve, generator, bits(bits), 1));
  }

  private static final class CurveKey implements Key, ECKey {
    private static final long serialVersionUID = 1;

    private final transient ECParameterSpec curve;

    CurveKey(ECParameterSpec curve) {
      this.curve = curve;
    }

    @Override
    public ECParameterSpec getParams() {
      return curve;
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "none";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }

  @Test
  void keysBelowTheLimitsAreRefused() throws Exception {
    assertFalse(strong.permits(Set.of(), rsa(2047)));
    assertFalse(strong.permits(Set.of(), dh(2047)));
    assertFalse(strong.permits(Set.of(), ec(223)));
    Key dsa =
        KeyFactory.getInstance("DSA")
            .generatePublic(
                new DSAPublicKeySpec(BigInteger.TEN, bits(3072), bits(256), BigInteger.TWO));
    assertFalse(strong.permits(Set.of(), dsa));
  }

  @Test
  void keysAtTheLimitsAreAllowed() throws Exception {
    assertTrue(strong.permits(Set.of(), rsa(2048)));
    assertTrue(strong.permits(Set.of(), dh(2048)));
    assertTrue(strong.permits(Set.of(), ec(224)));
    assertTrue(
        strong.permits(
            Set.of(), KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic()));
  }

  @Test
  void weakHashesAreRefusedWhereverTheNameHasThem() {
    for (String weak : new String[] {"SHA1withRSA", "MD5withRSA", "MD2withRSA", "sha1WithEcdsa"}) {
      assertFalse(strong.permits(Set.of(), weak, null), weak);
    }
    for (String good : new String[] {"SHA256withRSA", "SHA384withECDSA", "AES"}) {
      assertTrue(strong.permits(Set.of(), good, null), good);
    }
  }

  @Test
  void aSignatureNeedsBothAStrongHashAndAStrongKey() throws Exception {
    assertTrue(strong.permits(Set.of(), "SHA256withRSA", rsa(2048), null));
    assertFalse(strong.permits(Set.of(), "SHA1withRSA", rsa(2048), null));
    assertFalse(strong.permits(Set.of(), "SHA256withRSA", rsa(2047), null));
  }

  @Test
  void aSocketHasOnlySuitesWithForwardSecrecyAndWithoutSha1() {
    SSLParameters parameters =
        new SSLParameters(
            new String[] {
              "TLS_AES_128_GCM_SHA256",
              "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
              "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
              "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
              "TLS_DHE_DSS_WITH_AES_128_GCM_SHA256",
              "TLS_RSA_WITH_AES_128_GCM_SHA256"
            },
            new String[] {"TLSv1.1"});
    strong.apply(parameters);
    assertArrayEquals(
        new String[] {
          "TLS_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
        },
        parameters.getCipherSuites());
    assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, parameters.getProtocols());
    assertSame(strong, parameters.getAlgorithmConstraints());
  }

  @Test
  void aCertificateIsRefusedForItsKeyOrForTheHashOfItsIssuersSignature() throws Exception {
    assertEquals(
        "Optional[has a weak RSA key (2047 bits)]",
        strong.weakness(new FakeCertificate("CN=a", "CN=b", "SHA256withRSA", rsa(2047))) + "");
    assertEquals(
        "Optional[is signed by SHA1withRSA]",
        strong.weakness(new FakeCertificate("CN=a", "CN=b", "SHA1withRSA", rsa(2048))) + "");
    assertTrue(
        strong.weakness(new FakeCertificate("CN=a", "CN=b", "SHA256withRSA", rsa(2048))).isEmpty());
  }

  @Test
  void theHashOfACertificatesOwnSignatureDoesNotMatter() throws Exception {
    assertTrue(
        strong.weakness(new FakeCertificate("CN=a", "CN=a", "SHA1withRSA", rsa(2048))).isEmpty());
  }
}
