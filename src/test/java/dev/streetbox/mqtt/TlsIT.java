package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests TLS connections to a real Mosquitto, with certificates made for the test. */
class TlsIT {
  @TempDir Path folder;
  private TestCa ca;

  @BeforeEach
  void makeAnAuthority() throws IOException {
    ca = new TestCa(folder.resolve("ca"));
    ca.issue("server", "DNS:localhost,IP:127.0.0.1");
  }

  @Test
  void theRightAuthorityAndNameAreTrusted() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("server"))) {
      for (String host : List.of("localhost", "127.0.0.1")) {
        Connection link = open(broker, host, settings(ca.certificate(), "", ""));
        Links.next(link, ConnectionEvent.Connected.class);
        assertEquals(0x10, Links.answer(link, Links.text("a", "secret")));
        link.drop();
      }
    }
  }

  @Test
  void anotherAuthorityIsNotTrusted() throws IOException {
    TestCa other = new TestCa(folder.resolve("other"));
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("server"))) {
      assertRefused("ca_file", open(broker, "localhost", settings(other.certificate(), "", "")));
    }
  }

  @Test
  void theSystemsAuthoritiesAreTrustedIfNoneIsSet() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("server"))) {
      assertRefused("ca_file", open(broker, "localhost", new String[] {"", "", ""}));
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotTrusted() throws IOException {
    ca.issue("elsewhere", "DNS:broker.example");
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("elsewhere"))) {
      assertRefused("localhost", open(broker, "localhost", settings(ca.certificate(), "", "")));
      assertRefused("127.0.0.1", open(broker, "127.0.0.1", settings(ca.certificate(), "", "")));
    }
  }

  @Test
  void aCertificateThatIsExpiredOrNotYetValidIsNotTrustedAndTheClockIsNamed() throws IOException {
    ca.issue("old", "DNS:localhost", "20200101000000Z", "20210101000000Z");
    ca.issue("young", "DNS:localhost", "20900101000000Z", "20910101000000Z");
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("old"))) {
      assertRefused(
          "was valid until 2021-01-01T00:00:00Z",
          open(broker, "localhost", settings(ca.certificate(), "", "")));
    }
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("young"))) {
      assertRefused("clock", open(broker, "localhost", settings(ca.certificate(), "", "")));
    }
  }

  @Test
  void aCertificateThatIsNotYetValidByTheBoxsOwnTimeNamesBothTimes() throws IOException {
    ca.issue("server-of-now", "DNS:localhost", "20260101000000Z", "20360101000000Z");
    KnownTime floor = new KnownTime(Instant.parse("2025-11-30T12:00:00.5Z"), "est");
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("server-of-now"))) {
      assertRefused(
          "the certificate of CN=server-of-now is valid from 2026-01-01T00:00:00Z, this box"
              + " believes it is 2025-11-30T12:00:00Z (est): wait for GNSS or set the clock",
          open(broker, "localhost", settings(ca.certificate(), "", ""), () -> floor));
    }
  }

  @Test
  void certificatesAreVerifiedByTheBestKnownTimeAndNotByTheSystemClock() throws IOException {
    ca.issue("later", "DNS:localhost", "20900101000000Z", "20910101000000Z");
    KnownTime gnss = new KnownTime(Instant.parse("2090-06-01T00:00:00Z"), "gnss");
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("later"))) {
      Connection link = open(broker, "localhost", settings(ca.certificate(), "", ""), () -> gnss);
      Links.next(link, ConnectionEvent.Connected.class);
      link.drop();
    }
  }

  @Test
  void aClientCertificateIsSentIfTheBrokerRequiresOne() throws IOException {
    ca.issue("box", "DNS:sb-0042");
    String[] lines = ca.broker("server", "require_certificate true");
    try (Mosquitto broker = Mosquitto.started(folder, lines)) {
      assertRefused("TLS", open(broker, "localhost", settings(ca.certificate(), "", "")));
      Connection link = open(broker, "localhost", settings(ca.certificate(), "box.pem", "box.key"));
      Links.next(link, ConnectionEvent.Connected.class);
      link.drop();
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws IOException {
    ca.issue("box", "DNS:sb-0042");
    ca.openssl("ec", "-in", "box.key", "-out", "sec1.key");
    Files.writeString(ca.file("empty.pem"), "nothing\n");
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("server"))) {
      Path authority = ca.certificate();
      assertRefused(
          "openssl pkcs8", open(broker, "localhost", settings(authority, "box.pem", "sec1.key")));
      assertRefused(
          "client_key_file", open(broker, "localhost", settings(authority, "box.pem", "no.key")));
      assertRefused(
          "client_cert_file", open(broker, "localhost", settings(authority, "no.pem", "box.key")));
      assertRefused("ca_file", open(broker, "localhost", settings(ca.file("empty.pem"), "", "")));
    }
  }

  @Test
  void droppedConnectionsLeaveNoThreadAndNoSocketBehind() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("server"))) {
      long before = sockets();
      for (int i = 0; i < 10; i++) {
        Connection link = open(broker, "localhost", settings(ca.certificate(), "", ""));
        Links.next(link, ConnectionEvent.Connected.class);
        link.drop();
      }
      Eventually.holds("the end of Paho's threads", () -> Links.pahoThreads() == 0);
      assertEquals(before, sockets());
    }
  }

  @Test
  void aWriterThatABrokerBlocksEndsWithTheConnection() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, ca.broker("server"))) {
      long before = sockets();
      Connection link = open(broker, "localhost", settings(ca.certificate(), "", ""));
      Links.next(link, ConnectionEvent.Connected.class);
      broker.suspend();
      for (int i = 0; i < 20; i++) {
        link.publish(i, new Message("a", new byte[900_000], "", false));
      }
      int[] streak = {0};
      Eventually.holds(
          "a writer that waits",
          () -> {
            streak[0] = isWriterWriting() ? streak[0] + 1 : 0;
            return streak[0] > 50;
          });
      link.drop();
      Eventually.holds("the end of Paho's threads", () -> Links.pahoThreads() == 0);
      assertEquals(before, sockets());
    }
  }

  private static boolean isWriterWriting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("MQTT Snd"))
        .flatMap(thread -> Stream.of(thread.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals("write0"));
  }

  private static long sockets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(TlsIT::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // The descriptor of the listing itself is closed by now.
    }
  }

  private String[] settings(Path authority, String certificate, String key) {
    return new String[] {
      authority.toString(),
      certificate.isEmpty() ? "" : ca.file(certificate).toString(),
      key.isEmpty() ? "" : ca.file(key).toString()
    };
  }

  private static Connection open(Mosquitto broker, String host, String[] files) throws IOException {
    return open(
        broker, host, files, () -> new KnownTime(new SystemTime().systemClock(), "the test"));
  }

  private static Connection open(
      Mosquitto broker, String host, String[] files, Supplier<KnownTime> clock) throws IOException {
    BrokerSettings settings =
        new BrokerSettings(
            URI.create("mqtts://" + host + ":" + broker.port()),
            "",
            "",
            files[0],
            files[1],
            files[2]);
    return new PahoConnector(settings, new SystemTime()).open(Session.clean("box"), clock);
  }

  private static void assertRefused(String words, Connection link) throws IOException {
    ConnectionFailure failure = Links.next(link, ConnectionEvent.Lost.class).cause();
    link.drop();
    assertEquals(ConnectionFailure.Kind.REFUSED, failure.kind(), failure.text());
    assertTrue(failure.text().contains(words), failure.text());
  }
}
