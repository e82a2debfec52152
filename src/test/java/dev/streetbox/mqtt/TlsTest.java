package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes TLS handshakes with a server in this process, with certificates of a test's authority. */
class TlsTest {
  private static final KnownTime NOW = new KnownTime(Instant.parse("2030-06-01T12:00:00Z"), "gnss");
  private static final String NAMES = "DNS:localhost,IP:127.0.0.1";

  @TempDir static Path folder;
  private static TestCa ca;
  private static TestCa other;

  @BeforeAll
  static void issue() throws IOException {
    ca = new TestCa(folder.resolve("ca"));
    other = new TestCa(folder.resolve("other"));
    ca.issue("broker", NAMES);
    ca.issue("box", "DNS:box", "20200101000000Z", "20400101000000Z");
    ca.issue("expired", NAMES, "20200101000000Z", "20210101000000Z");
    ca.issue("future", NAMES, "20350101000000Z", "20400101000000Z");
    ca.openssl(
        "req -x509 -newkey rsa:1024 -nodes -days 30 -subj /CN=weak -keyout weak.key -out weak.pem"
            .split(" "));
  }

  private static BrokerSettings settings(Path authority, String certificate, String key) {
    return new BrokerSettings(
        URI.create("mqtts://localhost:8883"), "", "", authority.toString(), certificate, key);
  }

  private static BrokerSettings settings() {
    return settings(ca.certificate(), "", "");
  }

  private static BrokerSettings withClient(String certificate, String key) {
    return settings(ca.certificate(), ca.file(certificate).toString(), ca.file(key).toString());
  }

  /** Makes a handshake with a server; returns the subject of the client, or "none". */
  private static String handshake(String server, String host, BrokerSettings client)
      throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLServerSocket listening =
        (SSLServerSocket)
            context(server).getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      listening.setWantClientAuth(true);
      CompletableFuture<String> peer = CompletableFuture.supplyAsync(() -> subject(listening));
      Socket raw = new Socket(loopback, listening.getLocalPort());
      try (raw;
          Socket encrypted = new Tls(client, () -> NOW).wrap(raw, host)) {
        assertEquals("TLSv1.3", ((SSLSocket) encrypted).getSession().getProtocol());
        encrypted.getOutputStream().write(1);
      }
      return peer.join(); // The server's close waits for that of the client.
    }
  }

  private static String subject(SSLServerSocket listening) {
    try (SSLSocket accepted = (SSLSocket) listening.accept()) {
      accepted.setSoTimeout(30_000);
      int unused = accepted.getInputStream().read();
      return accepted.getSession().getPeerPrincipal().getName();
    } catch (IOException e) {
      return "none";
    }
  }

  private static SSLContext context(String name) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] chain =
          Tls.certificates("certfile", ca.file(name + ".pem").toString())
              .toArray(Certificate[]::new);
      store.setKeyEntry("server", PemKey.read(ca.file(name + ".key")), new char[0], chain);
      store.setCertificateEntry(
          "ca", Tls.certificates("cafile", ca.certificate().toString()).get(0));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, new char[0]);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String refusal(String server, String host, BrokerSettings client) {
    IOException error = assertThrows(IOException.class, () -> handshake(server, host, client));
    return ConnectionFailure.of(error).text();
  }

  @Test
  void aBrokerOfTheAuthorityIsTrustedByEachOfItsNames() throws IOException {
    assertEquals("none", handshake("broker", "localhost", settings()));
    assertEquals("none", handshake("broker", "127.0.0.1", settings()));
    assertEquals("none", handshake("broker", "localhost%lo", settings()), "the zone is dropped");
  }

  @Test
  void theOwnCertificateIsShown() throws IOException {
    assertEquals("CN=box", handshake("broker", "localhost", withClient("box.pem", "box.key")));
  }

  @Test
  void aBrokerOfAnotherAuthorityIsRefused() {
    String text = refusal("broker", "localhost", settings(other.certificate(), "", ""));
    assertTrue(text.contains("of no known authority: ca_file?"), text);
    String system = refusal("broker", "localhost", settings(Path.of(""), "", ""));
    assertTrue(system.contains("of no known authority: ca_file?"), system);
  }

  @Test
  void aBrokerOfAnotherNameIsRefusedWithBothNames() {
    String text = refusal("broker", "other.test", settings());
    assertTrue(text.contains("is for localhost, 127.0.0.1, not for other.test"), text);
  }

  @Test
  void aCertificateThatHasEndedIsRefusedWithItsDateAndTheTimeOfTheBox() {
    IOException error =
        assertThrows(IOException.class, () -> handshake("expired", "localhost", settings()));
    assertInstanceOf(CertificateDateException.class, error);
    assertEquals(
        "the certificate of CN=expired was valid until 2021-01-01T00:00:00Z, this box believes it"
            + " is 2030-06-01T12:00:00Z (gnss): renew it, unless the time is wrong",
        error.getMessage());
  }

  @Test
  void aCertificateThatIsNotYetValidIsRefusedWithItsDateAndTheTimeOfTheBox() {
    IOException error =
        assertThrows(IOException.class, () -> handshake("future", "localhost", settings()));
    assertEquals(
        "the certificate of CN=future is valid from 2035-01-01T00:00:00Z, this box believes it"
            + " is 2030-06-01T12:00:00Z (gnss): wait for GNSS or set the clock",
        error.getMessage());
  }

  @Test
  void anErrorWithoutACertificateHasNoDates() {
    assertEquals(
        Optional.empty(),
        CertificateDateException.in(new IOException("a", new IOException("b")), NOW));
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() {
    String text = refusal("broker", "localhost", withClient("box.pem", "broker.key"));
    assertTrue(text.contains("broker.key is not the key of the first certificate"), text);
  }

  @Test
  void aWeakCertificateIsRefusedWithItsSetting() {
    String own = refusal("broker", "localhost", withClient("weak.pem", "weak.key"));
    assertTrue(own.contains("client_cert_file: " + ca.file("weak.pem")), own);
    assertTrue(own.contains("CN=weak has a weak RSA key (1024 bits)"), own);
    String authority = refusal("broker", "localhost", settings(ca.file("weak.pem"), "", ""));
    assertTrue(authority.contains("ca_file: " + ca.file("weak.pem")), authority);
    assertTrue(authority.contains("has a weak RSA key (1024 bits)"), authority);
  }

  @Test
  void aFileWithoutACertificateIsRefusedWithItsSetting() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    for (Path file : new Path[] {empty, text, folder.resolve("none.pem")}) {
      TlsFileException error =
          assertThrows(TlsFileException.class, () -> Tls.certificates("ca_file", file.toString()));
      assertTrue(error.getMessage().startsWith("[mqtt] ca_file: "), error.getMessage());
      assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }
  }

  @Test
  void theEndOfAChainIsItsEarliest() throws IOException {
    Path chain = folder.resolve("chain.pem");
    Files.writeString(
        chain,
        Files.readString(ca.file("future.pem"))
            + Files.readString(ca.file("expired.pem"))
            + Files.readString(ca.file("box.pem")));
    assertEquals(
        Optional.of(Instant.parse("2021-01-01T00:00:00Z")),
        CertificateEnd.ofClient(settings(ca.certificate(), chain.toString(), "")));
    assertEquals(Optional.empty(), CertificateEnd.ofClient(settings()));
    assertEquals(Optional.empty(), CertificateEnd.of(Stream.empty()));
  }

  @Test
  void anErrorBeforeTheFirstHandshakeIsReportedAsItIs() {
    IOException error = new IOException("end of stream");
    assertSame(error, new Tls(settings(), () -> NOW).explained(error));
  }

  @Test
  void theTimeOfTheSystemClockIsNamed() {
    ScriptedTime time = new ScriptedTime();
    assertEquals(
        new KnownTime(time.systemClock(), "the system clock"), KnownTime.ofSystemClock(time));
  }
}
