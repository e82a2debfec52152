package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.NotifySocket;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the messages to systemd, with its own systemd-notify and a real datagram socket. */
class SystemdNotifierIT {
  private static final String MINUTE_US = "60000000";

  @TempDir private Path dir;

  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();

  private SystemdNotifier notifier(Map<String, String> environment) {
    return new SystemdNotifier(environment, time, faults);
  }

  /** Waits for so many messages, and lets the notifier check that they were taken. */
  private static void await(int count, NotifySocket systemd, SystemdNotifier systemdNotifier)
      throws IOException {
    Eventually.holds(
        count + " messages",
        () -> {
          systemdNotifier.alive();
          return systemd.received().size() >= count && !systemdNotifier.isSending();
        });
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"path", "abstract"})
  void twoMessagesAreSentWithinTheLimit(String kind) throws IOException {
    String name =
        kind.equals("path") ? dir.resolve("notify").toString() : "@" + dir.resolve("notify");
    try (NotifySocket systemd = new NotifySocket(dir, name)) {
      SystemdNotifier systemdNotifier =
          notifier(Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", MINUTE_US));
      systemdNotifier.ready();
      await(1, systemd, systemdNotifier);
      for (int count = 2; count <= 3; count++) {
        time.pass(Duration.ofMillis(29_999));
        systemdNotifier.alive();
        assertEquals(count - 1, systemd.received().size());
        time.pass(Duration.ofMillis(1));
        await(count, systemd, systemdNotifier);
      }
      systemdNotifier.stopping();
      Eventually.holds("the end", () -> systemd.count("STOPPING=1") == 1);
      assertEquals(1, systemd.count("READY=1"));
      assertEquals(2, systemd.count("WATCHDOG=1"));
      assertEquals(List.of(), faults.list());
    }
  }

  @Test
  void withoutALimitOnlyReadyIsSent() throws IOException {
    String name = dir.resolve("notify").toString();
    try (NotifySocket systemd = new NotifySocket(dir, name)) {
      SystemdNotifier systemdNotifier = notifier(Map.of("NOTIFY_SOCKET", name));
      systemdNotifier.ready();
      await(1, systemd, systemdNotifier);
      time.pass(Duration.ofDays(1));
      systemdNotifier.alive();
      systemdNotifier.stopping();
      Eventually.holds("the end", () -> systemd.count("STOPPING=1") == 1);
      assertEquals(0, systemd.count("WATCHDOG=1"));
    }
  }

  @Test
  void aSocketWithoutAReaderIsAFaultUntilAMessageIsTaken() throws IOException {
    String name = dir.resolve("notify").toString();
    SystemdNotifier systemdNotifier =
        notifier(Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", MINUTE_US));
    systemdNotifier.alive();
    Eventually.holds(
        "a fault",
        () -> {
          systemdNotifier.alive();
          return !faults.list().isEmpty();
        });
    Faults.Fault fault = faults.list().get(0);
    assertEquals("systemd", fault.place());
    assertTrue(fault.text().startsWith("refused the message: "), fault.text());
    try (NotifySocket systemd = new NotifySocket(dir, name)) {
      time.pass(Duration.ofSeconds(30));
      await(1, systemd, systemdNotifier);
      Eventually.holds(
          "the fault is no longer active",
          () -> {
            systemdNotifier.alive();
            return !faults.list().get(0).active();
          });
    }
  }

  @Test
  void withoutANotifySocketNothingIsSent() {
    SystemdNotifier systemdNotifier = notifier(Map.of("WATCHDOG_USEC", MINUTE_US));
    systemdNotifier.ready();
    systemdNotifier.alive();
    systemdNotifier.stopping();
    assertEquals(List.of(), faults.list());
  }
}
