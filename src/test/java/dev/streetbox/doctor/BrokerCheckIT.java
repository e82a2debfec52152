package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.TestCa;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                      + " backlog")),
          findings(broker.uri().toString(), ""));
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
        "no connection: Connection refused (good: name)",
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
                  + " backlog"),
          findings.get(0));
      assertTrue(
          findings.get(1).observation().startsWith("the broker's certificate ends on "),
          findings.toString());
      assertFails(findings(uri, "").get(0), "of no known authority", "openssl s_client");
    }
  }
}
