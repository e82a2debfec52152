package dev.streetbox.publish;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS as the settings' PEM files ask for it. The files are read anew at each connection, so a
 * renewed certificate needs no restart. The broker's certificate and name are always verified;
 * there is no switch for that.
 */
final class Tls implements SocketLayer {
  private final MqttSettings settings;

  /** Reads no file yet. */
  Tls(MqttSettings settings) {
    this.settings = settings;
  }

  @Override
  public Socket over(Socket raw, String host) throws IOException {
    // An address in brackets is how a URI writes IPv6; certificates know no brackets.
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(raw, name, raw.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      if (settings.caFile().isEmpty()) {
        trust.init((KeyStore) null); // JSSE's way of saying: those that the system trusts.
      } else {
        trust.init(authorities());
      }
      context.init(keys(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new TlsFileException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private KeyStore authorities() throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    for (Certificate authority : certificates("ca_file", settings.caFile())) {
      store.setCertificateEntry("ca-" + store.size(), authority);
    }
    return store;
  }

  private KeyManager[] keys() throws IOException, GeneralSecurityException {
    if (settings.clientCertFile().isEmpty()) {
      return new KeyManager[0];
    }
    List<Certificate> chain = certificates("client_cert_file", settings.clientCertFile());
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "box",
        PemKey.read(Path.of(settings.clientKeyFile())),
        new char[0],
        chain.toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(String key, String file) throws IOException {
    List<Certificate> all;
    try (InputStream pem = Files.newInputStream(Path.of(file))) {
      all = new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(pem));
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsFileException(
          "[mqtt] " + key + ": cannot read certificates from " + file + ": " + e.getMessage(), e);
    }
    if (all.isEmpty()) {
      throw new TlsFileException(
          "[mqtt] " + key + ": " + file + " holds no PEM certificate (BEGIN CERTIFICATE)");
    }
    return all;
  }
}
