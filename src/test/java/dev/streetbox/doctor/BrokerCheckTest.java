package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.doctor.Finding.Verdict;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what needs no broker: a closed port and files that cannot be used. */
class BrokerCheckTest {
  @TempDir private Path folder;

  private List<Finding> findings(String scheme, String more) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String section = "[mqtt]\nbroker = \"%s://127.0.0.1:%d\"\n%s".formatted(scheme, port, more);
    return new BrokerCheck(KnownDrivers.wired("sht4x", section, folder), new SystemTime())
        .findings();
  }

  @Test
  void aClosedPortFailsAtTheStepOfTcp() throws Exception {
    List<Finding> findings = findings("mqtt", "");
    assertEquals(1, findings.size());
    assertEquals(Verdict.FAIL, findings.get(0).verdict());
    assertTrue(findings.get(0).observation().endsWith("(good: name)"), findings.toString());
    assertEquals(
        "the broker is down, a firewall is between, or the port is wrong", findings.get(0).cause());
    assertTrue(findings.get(0).remedy().startsWith("nc -vz 127.0.0.1 "), findings.toString());
  }

  @Test
  void theBoxsOwnCertificateIsCheckedEvenIfTheBrokerIsDown() throws Exception {
    String missing = folder.resolve("box.pem").toString();
    String files = "client_cert_file = \"%s\"\nclient_key_file = \"/none\"\n".formatted(missing);
    List<Finding> findings = findings("mqtts", files);
    assertEquals("certificate", findings.get(1).subject());
    assertEquals(Verdict.FAIL, findings.get(1).verdict());
    assertTrue(findings.get(1).remedy().endsWith(missing), findings.toString());
  }
}
