package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo of the installed program, with a Mosquitto that the demo starts. */
class DemoIT {

  @TempDir Path dir;

  private ChildProcess demo(String... more) throws IOException {
    String[] arguments = new String[1 + more.length];
    arguments[0] = "demo";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return ChildProcess.start(dir, Program.STREETBOX, arguments);
  }

  /** Returns the number that stands before a word in the printed summary. */
  private static long count(List<String> lines, String word) {
    String line =
        lines.stream()
            .filter(l -> l.matches("\\s*[\\d,]+ " + word + "\\b.*"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + word + " in " + lines));
    return Long.parseLong(line.strip().replaceFirst(" .*", "").replace(",", ""));
  }

  private static void assertAllDelivered(List<String> lines) {
    long sampled = count(lines, "sampled");
    assertTrue(sampled > 0, lines.toString());
    assertEquals(sampled, count(lines, "acknowledged"));
    assertEquals(sampled, count(lines, "received"));
    assertEquals(0, count(lines, "holes"));
  }

  @Test
  void aRideOfTenSecondsDeliversEveryRow() throws IOException {
    try (ChildProcess demo = demo("--for", "10s", "--speed", "10")) {
      assertEquals(0, demo.await(60), demo.errors());
      assertAllDelivered(demo.lines());
      assertTrue(demo.lines().stream().allMatch(line -> line.length() <= 80));
    }
  }

  @Test
  void aRideThatIsTerminatedDeliversEveryRowToo() throws IOException {
    try (ChildProcess demo = demo()) {
      Eventually.holds("rows", () -> demo.lines().size() > 4);
      assertEquals(0, demo.terminate(10), demo.errors());
      assertAllDelivered(demo.lines());
    }
  }

  @Test
  void aSpeedOfZeroIsAUsageError() throws IOException {
    try (ChildProcess demo = demo("--speed", "0")) {
      assertEquals(2, demo.await(30));
      assertTrue(demo.errors().contains("Try: streetbox demo --help"), demo.errors());
    }
  }

  @Test
  void aBrokerThatIsDownEndsTheDemoAtItsLimitWithTheCause() throws IOException {
    String nobody = "mqtt://127.0.0.1:" + Mosquitto.freePort();
    try (ChildProcess demo = demo("--broker", nobody, "--for", "3s")) {
      assertEquals(1, demo.await(30));
      assertTrue(demo.errors().contains(nobody + " was not reached: "), demo.errors());
      assertTrue(demo.errors().contains("Connection refused"), demo.errors());
    }
  }

  @Test
  void aBrokerThatNeverAnswersEndsTheDemoAtItsLimitWithTheCause() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      String uri = "mqtt://127.0.0.1:" + silent.getLocalPort();
      try (ChildProcess demo = demo("--broker", uri, "--for", "3s")) {
        assertEquals(1, demo.await(30));
        assertTrue(demo.errors().contains("was not reached: it has not answered"), demo.errors());
      }
    }
  }

  @Test
  void aBrokerThatRefusesTheLoginEndsTheDemoWithTheCause() throws IOException {
    try (Mosquitto broker = Mosquitto.started(dir, "allow_anonymous false");
        ChildProcess demo = demo("--broker", broker.uri().toString(), "--for", "60s")) {
      assertEquals(1, demo.await(30));
      assertTrue(demo.errors().contains("refuses the login"), demo.errors());
    }
  }

  @Test
  void aBrokerThatDeniesTheTopicsLetsTheRideEndWithTheCause() throws IOException {
    Files.writeString(dir.resolve("acl"), "topic read #\n");
    try (Mosquitto broker = Mosquitto.started(dir, "acl_file " + dir.resolve("acl"));
        ChildProcess demo =
            demo("--broker", broker.uri().toString(), "--for", "6s", "--speed", "10")) {
      assertEquals(1, demo.await(60));
      String text = String.join("\n", demo.lines());
      assertTrue(text.contains("the broker has not confirmed any"), text);
      assertTrue(text.contains("denies"), text);
    }
  }
}
