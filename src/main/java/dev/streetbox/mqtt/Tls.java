package dev.streetbox.mqtt;

import dev.streetbox.measure.LimitedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Adds TLS to a socket, with the settings' PEM files. The files are read at each connection, so
 * that a renewed certificate needs no restart. The broker's certificate chain, its dates and the
 * host name are always verified. Safe for every thread.
 */
final class Tls implements TlsLayer {
  private final BrokerSettings settings;
  private final Supplier<KnownTime> clock;
  private final StrongAlgorithms algorithms = new StrongAlgorithms();
  private volatile Optional<TlsAlert> alert = Optional.empty();

  /**
   * Creates the layer and reads no file.
   *
   * @param clock the time by which certificates are verified instead of the system clock; called by
   *     the connecting thread
   */
  Tls(BrokerSettings settings, Supplier<KnownTime> clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Socket wrap(Socket raw, String host) throws IOException {
    // A certificate has an IPv6 address without its zone.
    String name = host.contains("%") ? host.substring(0, host.indexOf('%')) : host;
    KnownTime now = clock.get();
    List<X509Certificate> own = new ArrayList<>();
    for (Certificate certificate : chain()) {
      own.add((X509Certificate) certificate);
    }
    alert = Optional.of(new TlsAlert(own, now));
    SSLSocketFactory factory = context(name, now).getSocketFactory();
    SSLSocket socket = (SSLSocket) factory.createSocket(raw, name, raw.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    algorithms.apply(parameters);
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (SSLException | SocketException e) {
      throw CertificateDateException.in(e, now)
          .<IOException>map(dated -> dated)
          .orElse(new TlsAlert(own, now).inHandshake(e));
    }
    return socket;
  }

  @Override
  public IOException explained(IOException error) {
    return alert.map(known -> known.explained(error)).orElse(error);
  }

  private SSLContext context(String host, KnownTime now) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      PKIXBuilderParameters rules = new PKIXBuilderParameters(anchors(), new X509CertSelector());
      rules.setRevocationEnabled(false); // JSSE's default; a box may be unable to reach OCSP.
      rules.setDate(Date.from(now.utc()));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(new CertPathTrustManagerParameters(rules));
      X509ExtendedTrustManager verifier = (X509ExtendedTrustManager) trust.getTrustManagers()[0];
      TrustManager[] verifiers = {new BrokerTrust(verifier, algorithms, host)};
      context.init(keys(), verifiers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new TlsFileException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** Returns the authorities to trust: those of {@code ca_file}, or else the system's. */
  private Set<TrustAnchor> anchors() throws IOException, GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    if (!settings.caFile().isEmpty()) {
      for (Certificate authority : certificates("ca_file", settings.caFile())) {
        checkStrength("ca_file", settings.caFile(), (X509Certificate) authority);
        anchors.add(new TrustAnchor((X509Certificate) authority, null));
      }
      return anchors;
    }
    TrustManagerFactory system = TrustManagerFactory.getInstance("PKIX");
    system.init((KeyStore) null); // Null stands for the system's.
    for (TrustManager manager : system.getTrustManagers()) {
      for (X509Certificate authority : ((X509TrustManager) manager).getAcceptedIssuers()) {
        if (algorithms.weakness(authority).isEmpty()) {
          anchors.add(new TrustAnchor(authority, null));
        }
      }
    }
    return anchors;
  }

  private KeyManager[] keys() throws IOException, GeneralSecurityException {
    List<Certificate> chain = chain();
    if (chain.isEmpty()) {
      return new KeyManager[0];
    }
    X509Certificate own = (X509Certificate) chain.get(0);
    checkStrength("client_cert_file", settings.clientCertFile(), own);
    PrivateKey key = PemKey.read(Path.of(settings.clientKeyFile()));
    if (!PemKey.isPair(key, own.getPublicKey())) {
      throw new TlsFileException(
          "[mqtt] client_key_file: %s is not the key of the first certificate in client_cert_file %s: install both of one deploy/provision"
              .formatted(settings.clientKeyFile(), settings.clientCertFile()));
    }
    KeyStore store = emptyStore();
    store.setKeyEntry("box", key, new char[0], chain.toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private List<Certificate> chain() throws IOException {
    return settings.clientCertFile().isEmpty()
        ? List.of()
        : certificates("client_cert_file", settings.clientCertFile());
  }

  private void checkStrength(String key, String file, X509Certificate certificate)
      throws TlsFileException {
    Optional<String> weakness = algorithms.weakness(certificate);
    if (weakness.isPresent()) {
      throw new TlsFileException(
          "[mqtt] %s: %s: the certificate of %s %s: have it issued anew with RSA of 2048 bits or EC P-256, and SHA-256"
              .formatted(
                  key, file, certificate.getSubjectX500Principal().getName(), weakness.get()));
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /**
   * Reads the certificates of a PEM file, at least one.
   *
   * @param key the setting that names the file, for the message
   * @throws TlsFileException if the file cannot be read or holds none
   */
  static List<Certificate> certificates(String key, String file) throws IOException {
    List<Certificate> all;
    String cannot = "[mqtt] " + key + ": cannot read certificates from " + file + ": ";
    try (InputStream pem = new ByteArrayInputStream(LimitedFile.read(Path.of(file)))) {
      all = new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(pem));
    } catch (IOException e) {
      throw new TlsFileException(cannot + LimitedFile.reason(Path.of(file), e), e);
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(cannot + e.getMessage(), e);
    }
    if (all.isEmpty()) {
      throw new TlsFileException(
          "[mqtt] " + key + ": " + file + " holds no PEM certificate (BEGIN CERTIFICATE)");
    }
    return all;
  }
}
