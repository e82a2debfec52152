package dev.streetbox.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Program;
import dev.streetbox.bus.SystemTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names each certificate and each TLS setting that is refused, with cause and remedy. */
class TlsRefusalsIT {
  private static final Set<ConnectionFailure.Kind> GROWING =
      EnumSet.of(
          ConnectionFailure.Kind.REFUSED,
          ConnectionFailure.Kind.EARLY_CLOSE,
          ConnectionFailure.Kind.EARLY_RESET);

  @TempDir private Path folder;
  private TestCa ca;

  @BeforeEach
  void makeAnAuthority() throws IOException {
    ca = new TestCa(folder.resolve("ca"));
    ca.issue("server", "DNS:localhost,IP:127.0.0.1");
  }

  private Mosquitto strict() throws IOException {
    return Mosquitto.started(folder, ca.broker("server", "require_certificate true"));
  }

  private void assertRefused(Mosquitto broker, String cert, String key, String... words)
      throws IOException {
    BrokerSettings settings =
        new BrokerSettings(
            URI.create("mqtts://localhost:" + broker.port()),
            "",
            "",
            ca.certificate().toString(),
            cert.isEmpty() ? "" : ca.file(cert).toString(),
            key.isEmpty() ? "" : ca.file(key).toString());
    // A close may come before the alert that explains it.
    assertTrue(GROWING.contains(assertLost(settings, words)));
  }

  private static ConnectionFailure.Kind assertLost(BrokerSettings settings, String... words)
      throws IOException {
    Connection link =
        new PahoConnector(settings, new SystemTime())
            .open(Session.clean("box"), () -> KnownTime.ofSystemClock(new SystemTime()));
    ConnectionFailure failure = Links.next(link, ConnectionEvent.Lost.class).cause();
    link.drop();
    for (String word : words) {
      assertTrue(failure.text().contains(word), failure.text());
    }
    return failure.kind();
  }

  @Test
  void aClientCertificateThatTheBrokerRefusesNamesItsOwnFault() throws IOException {
    ca.issue("old", "DNS:sb", "20200101000000Z", "20210101000000Z");
    ca.issue("young", "DNS:sb", "20900101000000Z", "20910101000000Z");
    ca.issue("box", "DNS:sb");
    TestCa other = new TestCa(folder.resolve("other"));
    other.issue("alien", "DNS:sb");
    Files.copy(other.file("alien.pem"), ca.file("alien.pem"));
    Files.copy(other.file("alien.key"), ca.file("alien.key"));
    try (Mosquitto broker = strict()) {
      assertRefused(broker, "", "", "TLS: the broker refuses a client without", "client_cert_file");
      assertRefused(broker, "old.pem", "old.key", "was valid until 2021-01-01T00:00:00Z", "renew");
      assertRefused(broker, "young.pem", "young.key", "is valid from 2090-01-01", "set the clock");
      assertRefused(
          broker, "alien.pem", "alien.key", "issued by CN=test authority", "intermediate");
      assertRefused(broker, "box.pem", "old.key", "client_key_file", "is not the key");
    }
  }

  @Test
  void aChainWithoutItsIntermediateNamesTheIssuerOnEitherSide() throws IOException {
    TestCa middle = intermediate();
    middle.issue("leaf", "DNS:localhost,IP:127.0.0.1");
    Files.copy(middle.file("leaf.pem"), ca.file("leaf.pem"));
    Files.copy(middle.file("leaf.key"), ca.file("leaf.key"));
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("leaf"))) {
      assertRefused(
          broker, "", "", "of no known authority", "CN=middle has issued it", "broker's certfile");
    }
    try (Mosquitto broker = strict()) {
      assertRefused(broker, "leaf.pem", "leaf.key", "issued by CN=middle", "append");
    }
  }

  /** Returns an authority whose certificate the test's authority has issued. */
  private TestCa intermediate() throws IOException {
    TestCa middle = new TestCa(folder.resolve("middle"));
    Files.writeString(ca.file("authority.ext"), "basicConstraints = critical, CA:TRUE\n");
    middle.openssl("req", "-new", "-key", "ca.key", "-subj", "/CN=middle", "-out", "middle.csr");
    Files.copy(middle.file("middle.csr"), ca.file("middle.csr"));
    ca.openssl(
        "x509",
        "-req",
        "-in",
        "middle.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-set_serial",
        "77",
        "-days",
        "30",
        "-extfile",
        "authority.ext",
        "-out",
        "middle.pem");
    Files.delete(middle.certificate());
    Files.copy(ca.file("middle.pem"), middle.certificate());
    return middle;
  }

  @Test
  void aCertificateForOtherNamesListsThem() throws IOException {
    ca.issue("elsewhere", "DNS:broker.example,IP:10.0.0.1");
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("elsewhere"))) {
      assertRefused(
          broker, "", "", "is for broker.example, 10.0.0.1, not for localhost", "[mqtt] broker");
    }
  }

  @Test
  void tlsAndPlainPortsAreNamedWhenTheyAreMixedUp() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("server"))) {
      URI plain = URI.create("mqtt://localhost:" + broker.port());
      Connection link = Links.open(plain);
      ConnectionFailure failure = Links.next(link, ConnectionEvent.Lost.class).cause();
      link.drop();
      assertTrue(failure.text().contains("mqtts://"), failure.text());
      assertTrue(failure.isAboutConnection(), failure.toString());
    }
    try (Mosquitto broker = Mosquitto.started(folder)) {
      URI encrypted = URI.create("mqtts://localhost:" + broker.port());
      assertTrue(GROWING.contains(assertLost(BrokerSettings.anonymous(encrypted), "mqtt://")));
    }
    try (RawBroker broker = new RawBroker()) {
      broker.answerAnything("HTTP/1.1 400 Bad Request\r\n\r\n");
      URI encrypted = URI.create("mqtts://localhost:" + broker.uri().getPort());
      assertEquals(
          ConnectionFailure.Kind.REFUSED,
          assertLost(BrokerSettings.anonymous(encrypted), "captive portal"));
    }
  }

  @Test
  void aKeyExchangeWithoutForwardSecrecyIsRefused() throws Exception {
    rsa("rsa2048", 2048, "sha256");
    int port = Mosquitto.freePort();
    Process server = serverWithoutForwardSecrecy(port);
    try {
      BrokerSettings settings =
          new BrokerSettings(
              URI.create("mqtts://localhost:" + port), "", "", ca.certificate().toString(), "", "");
      assertEquals(
          ConnectionFailure.Kind.REFUSED, assertLost(settings, "no TLS 1.3", "ECDHE or DHE"));
    } finally {
      server.destroyForcibly().waitFor();
    }
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("rsa2048"))) {
      Connection link =
          Links.connector(
                  URI.create("mqtts://localhost:" + broker.port()), ca.certificate().toString())
              .open(Session.clean("box"), () -> KnownTime.ofSystemClock(new SystemTime()));
      Links.next(link, ConnectionEvent.Connected.class);
      link.drop();
    }
  }

  /** Starts OpenSSL's server, because newer JVMs and Mosquitto have none with such ciphers only. */
  private Process serverWithoutForwardSecrecy(int port) throws IOException {
    Process server =
        Program.OPENSSL
            .process(
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-tls1_2",
                "-cipher",
                "AES128-GCM-SHA256",
                "-cert",
                "rsa2048.pem",
                "-key",
                "rsa2048.key",
                "-naccept",
                "1")
            .directory(ca.file("").toFile())
            .redirectErrorStream(true)
            .start();
    BufferedReader words = server.inputReader(US_ASCII);
    for (String line = words.readLine(); !"ACCEPT".equals(line); line = words.readLine()) {
      if (line == null) {
        throw new IOException("openssl s_server does not start");
      }
    }
    return server;
  }

  /** Uses a server of this JVM, because OpenSSL does not start with such a certificate. */
  @Test
  void aServerWithAShortKeyOrASha1SignatureIsRefusedInTheHandshake() throws Exception {
    rsa("rsa1024", 1024, "sha256");
    rsa("sha1", 2048, "sha1");
    for (String[] weak :
        new String[][] {{"rsa1024", "weak RSA key (1024 bits)"}, {"sha1", "SHA1with"}}) {
      try (SSLServerSocket server = server(weak[0])) {
        Thread handshake = new Thread(() -> acceptOnce(server), "TLS server");
        handshake.start();
        URI uri = URI.create("mqtts://localhost:" + server.getLocalPort());
        BrokerSettings settings =
            new BrokerSettings(uri, "", "", ca.certificate().toString(), "", "");
        assertEquals(ConnectionFailure.Kind.REFUSED, assertLost(settings, weak[1]));
      }
    }
  }

  /** A reset may be the network's, an orderly close is the broker's. */
  @Test
  void aResetAndACloseWithinTheHandshakeHaveKindsOfTheirOwn() throws IOException {
    assertEquals(ConnectionFailure.Kind.EARLY_RESET, endOfHandshake(true));
    assertEquals(ConnectionFailure.Kind.EARLY_CLOSE, endOfHandshake(false));
  }

  private static ConnectionFailure.Kind endOfHandshake(boolean isReset) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread handshake = new Thread(() -> endWithinHello(server, isReset), "TCP server");
      handshake.start();
      URI uri = URI.create("mqtts://localhost:" + server.getLocalPort());
      return assertLost(BrokerSettings.anonymous(uri), "during the TLS handshake");
    }
  }

  private static void endWithinHello(ServerSocket server, boolean isReset) {
    try (Socket client = server.accept()) {
      int unused = client.getInputStream().read();
      if (isReset) {
        client.setSoLinger(true, 0);
      } else {
        client.shutdownOutput();
        client.getInputStream().readAllBytes(); // A close with unread bytes would be a reset.
      }
    } catch (IOException e) {
      // The client closes first.
    }
  }

  private static void acceptOnce(SSLServerSocket server) {
    try (SSLSocket client = (SSLSocket) server.accept()) {
      client.startHandshake();
    } catch (IOException e) {
      // The client refuses the handshake.
    }
  }

  private SSLServerSocket server(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        PemKey.read(ca.file(name + ".key")),
        new char[0],
        Tls.certificates("test", ca.file(name + ".pem").toString()).toArray(Certificate[]::new));
    // Presents a certificate however weak it is, unlike PKIX.
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @Test
  void weakKeysAndSha1AreFoundInCertificates() throws IOException {
    rsa("rsa1024", 1024, "sha256");
    rsa("rsa2048", 2048, "sha256");
    rsa("sha1", 2048, "sha1");
    assertEquals(Optional.of("has a weak RSA key (1024 bits)"), weakness("rsa1024"));
    assertEquals(Optional.empty(), weakness("rsa2048"));
    assertEquals(Optional.of("is signed by SHA1withRSA"), weakness("sha1").map(this::signature));
    assertEquals(Optional.empty(), weakness("server"));
    try (Mosquitto broker = strict()) {
      assertRefused(broker, "rsa1024.pem", "rsa1024.key", "weak RSA key (1024 bits)", "2048");
    }
  }

  private String signature(String weakness) {
    return weakness.replace("ECDSA", "RSA");
  }

  private Optional<String> weakness(String name) throws IOException {
    X509Certificate certificate =
        (X509Certificate) Tls.certificates("test", ca.file(name + ".pem").toString()).get(0);
    return new StrongAlgorithms().weakness(certificate);
  }

  private void rsa(String name, int bits, String hash) throws IOException {
    ca.openssl(
        "req",
        "-newkey",
        "rsa:" + bits,
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        name + ".key",
        "-out",
        name + ".csr");
    ca.openssl(
        "ca",
        "-batch",
        "-notext",
        "-config",
        "ca.conf",
        "-md",
        hash,
        "-startdate",
        "20200101000000Z",
        "-enddate",
        "20991231000000Z",
        "-in",
        name + ".csr",
        "-out",
        name + ".pem");
  }
}
