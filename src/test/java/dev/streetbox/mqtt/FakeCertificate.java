package dev.streetbox.mqtt;

import java.math.BigInteger;
import java.security.Key;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Stands for a certificate of which only names, signature algorithm, key and dates are asked. */
final class FakeCertificate extends X509Certificate {
  private static final long serialVersionUID = 1;

  private final String subject;
  private final String issuer;
  private final String signature;
  private final Key key;
  private final Instant from;
  private final Instant until;

  FakeCertificate(String subject, String issuer, String signature, Key key) {
    this(subject, issuer, signature, key, Instant.EPOCH, Instant.EPOCH);
  }

  FakeCertificate(
      String subject, String issuer, String signature, Key key, Instant from, Instant until) {
    this.subject = subject;
    this.issuer = issuer;
    this.signature = signature;
    this.key = key;
    this.from = from;
    this.until = until;
  }

  @Override
  public X500Principal getSubjectX500Principal() {
    return new X500Principal(subject);
  }

  @Override
  public X500Principal getIssuerX500Principal() {
    return new X500Principal(issuer);
  }

  @Override
  public String getSigAlgName() {
    return signature;
  }

  @Override
  public PublicKey getPublicKey() {
    return (PublicKey) key;
  }

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("not asked");
  }

  @Override
  public void checkValidity() {
    throw unasked();
  }

  @Override
  public void checkValidity(Date date) {
    throw unasked();
  }

  @Override
  public int getVersion() {
    throw unasked();
  }

  @Override
  public BigInteger getSerialNumber() {
    throw unasked();
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in X509Certificate
  public Principal getIssuerDN() {
    throw unasked();
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in X509Certificate
  public Principal getSubjectDN() {
    throw unasked();
  }

  @Override
  public Date getNotBefore() {
    return Date.from(from);
  }

  @Override
  public Date getNotAfter() {
    return Date.from(until);
  }

  @Override
  public byte[] getTBSCertificate() {
    throw unasked();
  }

  @Override
  public byte[] getSignature() {
    throw unasked();
  }

  @Override
  public String getSigAlgOID() {
    throw unasked();
  }

  @Override
  public byte[] getSigAlgParams() {
    throw unasked();
  }

  @Override
  public boolean[] getIssuerUniqueID() {
    throw unasked();
  }

  @Override
  public boolean[] getSubjectUniqueID() {
    throw unasked();
  }

  @Override
  public boolean[] getKeyUsage() {
    throw unasked();
  }

  @Override
  public int getBasicConstraints() {
    throw unasked();
  }

  @Override
  public byte[] getEncoded() {
    throw unasked();
  }

  @Override
  public void verify(PublicKey with) {
    throw unasked();
  }

  @Override
  public void verify(PublicKey with, String provider) {
    throw unasked();
  }

  @Override
  public String toString() {
    return subject;
  }

  @Override
  public Set<String> getCriticalExtensionOIDs() {
    throw unasked();
  }

  @Override
  public byte[] getExtensionValue(String oid) {
    throw unasked();
  }

  @Override
  public Set<String> getNonCriticalExtensionOIDs() {
    throw unasked();
  }

  @Override
  public boolean hasUnsupportedCriticalExtension() {
    throw unasked();
  }
}
