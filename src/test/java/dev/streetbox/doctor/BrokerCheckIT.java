package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.BoardSerial;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.datadir.Secret;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.RawBroker;
import dev.streetbox.mqtt.TestCa;
import dev.streetbox.publish.DailyNames;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the connection to a real Mosquitto, and each step at which it can end. */
class BrokerCheckIT {
  @TempDir private Path dir;

  private List<Finding> findings(String broker, String more) throws Exception {
    String section = "[mqtt]\nbroker = \"" + broker + "\"\n" + more;
    return new BrokerCheck(KnownDrivers.wired("sht4x", section, dir), new SystemTime()).findings();
  }

  private static void assertFails(Finding finding, String saw, String cure) {
    assertEquals(Verdict.FAIL, finding.verdict());
    assertTrue(finding.observation().contains(saw), finding.observation());
    assertTrue(finding.remedy().contains(cure), finding.remedy());
  }

  @Test
  void aBrokerThatAcceptsAMessagePasses() throws Exception {
    try (Mosquitto broker = Mosquitto.started(dir)) {
      assertEquals(
          List.of(
              Finding.pass(
                  "broker",
                  broker.uri()
                      + ": name, tcp, login, publish to streetbox/v1/sb-1/state, live, event,"
                      + " backlog, about, diag")),
          findings(broker.uri().toString(), ""));
    }
  }

  @Test
  void aBoxWithDailyNamesConnectsUnderTheNameOfTodayAndNeverUnderItsId() throws Exception {
    String daily = "[privacy]\npseudonym = \"daily\"\ntime_zone = \"UTC\"\n";
    try (RawBroker broker = new RawBroker()) {
      List<String> topics = new CopyOnWriteArrayList<>();
      broker.answer(
          (topic, body) -> {
            topics.add(topic);
            return 0x87;
          });
      Secret secret = Secret.of(Files.createDirectories(dir.resolve("data")));
      LocalDate before = LocalDate.now(ZoneOffset.UTC);
      Finding finding = findings(broker.uri().toString(), daily).get(0);
      LocalDate after = LocalDate.now(ZoneOffset.UTC);
      String board = BoardSerial.of(Path.of("/")).orElse("");
      // Midnight may pass meanwhile; otherwise both days are one.
      String name = topics.get(0).split("/", -1)[2];
      assertTrue(
          Stream.of(before, after)
              .anyMatch(day -> name.equals(DailyNames.ofDay(secret, board, day, 1).box())),
          name);
      assertEquals("streetbox/v1/" + name + "/state", topics.get(0));
      String connect = new String(broker.connects().get(0), StandardCharsets.ISO_8859_1);
      assertTrue(connect.contains(name), "client id and will");
      // A name of a day may begin as the id does.
      assertFalse(connect.replace(name, "").contains("sb-1"), connect);
      assertFails(
          finding, "messages to streetbox/v1/(name of today)/state", "write streetbox/v1/+/#");
    }
  }

  @Test
  void aBoxWithDailyNamesAndWithoutASecretDoesNotConnect() throws Exception {
    try (RawBroker broker = new RawBroker()) {
      Finding finding =
          findings(broker.uri().toString(), "[privacy]\npseudonym = \"daily\"\n").get(0);
      assertEquals(Verdict.WARN, finding.verdict());
      assertTrue(finding.observation().contains("has no secret yet"), finding.observation());
      assertEquals(List.of(), broker.connectedMs());
      assertFalse(Files.exists(dir.resolve("data/secret")), "the doctor makes no secret");
    }
  }

  @Test
  void aNameWithoutAnAddressIsReported() throws Exception {
    assertFails(
        findings("mqtt://box.invalid", "").get(0), "no address for", "getent hosts box.invalid");
  }

  @Test
  void aClosedPortIsReported() throws Exception {
    int port = Mosquitto.freePort();
    assertFails(
        findings("mqtt://127.0.0.1:" + port, "").get(0),
        "no connection: Connection refused",
        "nc -vz 127.0.0.1 " + port);
  }

  @Test
  void aServerThatDoesNotAnswerTheLoginIsReported() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertFails(
          findings("mqtt://127.0.0.1:" + silent.getLocalPort(), "").get(0),
          "the broker does not answer the login",
          "streetbox config show");
    }
  }

  @Test
  void aRefusedLoginIsReported() throws Exception {
    try (Mosquitto broker = Mosquitto.started(dir, "allow_anonymous false")) {
      assertFails(
          findings(broker.uri().toString(), "").get(0),
          "the broker refuses the login",
          "streetbox config show");
    }
  }

  @Test
  void aDeniedTopicIsReportedWithTheMissingAclRule() throws Exception {
    Path acl = Files.writeString(dir.resolve("acl"), "topic write streetbox/v1/sb-2/#\n");
    try (Mosquitto broker = Mosquitto.started(dir, "acl_file " + acl)) {
      assertFails(
          findings(broker.uri().toString(), "").get(0),
          "the broker refuses messages to streetbox/v1/sb-1/state, 0x87 not authorized",
          "topic write streetbox/v1/sb-1/#");
    }
  }

  @Test
  void aCertificateIsTrustedByTheConfiguredAuthorityAndItsDaysAreCounted() throws Exception {
    TestCa ca = new TestCa(dir.resolve("ca"));
    ca.issue("broker", "DNS:localhost,IP:127.0.0.1");
    try (Mosquitto broker = Mosquitto.started(dir, ca.broker("broker"))) {
      String uri = "mqtts://localhost:" + broker.port();
      List<Finding> findings = findings(uri, "ca_file = \"" + ca.certificate() + "\"\n");
      assertEquals(
          Finding.pass(
              "broker",
              uri
                  + ": name, tcp, tls, login, publish to streetbox/v1/sb-1/state, live, event,"
                  + " backlog, about, diag"),
          findings.get(0));
      assertTrue(
          findings.get(1).observation().startsWith("the broker's certificate ends on "),
          findings.toString());
      assertFails(findings(uri, "").get(0), "of no known authority", "openssl s_client");
    }
  }
}
