package dev.streetbox.mqtt;

import java.math.BigInteger;
import java.security.Key;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Stands for a certificate of which only names, signature algorithm and key are asked. */
final class FakeCertificate extends X509Certificate {
  private static final long serialVersionUID = 1;

  private final String subject;
  private final String issuer;
  private final String signature;
  private final Key key;

  FakeCertificate(String subject, String issuer, String signature, Key key) {
    this.subject = subject;
    this.issuer = issuer;
    this.signature = signature;
    this.key = key;
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
    throw unasked();
  }

  @Override
  public Date getNotAfter() {
    throw unasked();
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
