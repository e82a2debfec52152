package dev.streetbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.MosquittoSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends commands through a real Mosquitto to a box with daily names, in a time zone in which
 * midnight is near, before midnight, while the box is off, and on the next day.
 */
class DailyCommandsIT {
  private static final int EVENING_S = 45;

  @TempDir private Path dir;

  private Mosquitto broker;
  private MosquittoSub messages;
  private Connection backend;
  private DailyBox daily;
  private ChildProcess box;
  private long midnightMs;
  private long published;
  private final Map<String, JsonTree> answers = new LinkedHashMap<>();
  private String lastBox = "";
  private Optional<String> report = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    messages = new MosquittoSub(broker, "streetbox/v1/#");
    backend = Links.connected(broker.uri());
    daily = new DailyBox(dir, broker, EVENING_S);
    midnightMs = new SystemTime().systemClock().toEpochMilli() + EVENING_S * 1_000L;
    box = daily.start();
  }

  @AfterEach
  void stop() throws IOException {
    box.close();
    backend.drop();
    messages.close();
    broker.close();
  }

  /** Sorts what has arrived: answers by their command's id, the newest name, the report. */
  private void take() throws IOException {
    for (MosquittoSub.Message message : messages.arrived()) {
      if (message.payload().isEmpty() || message.topic().contains("/cmd")) {
        continue;
      }
      JsonTree tree = JsonTree.parse(message.payload());
      if (message.topic().endsWith("/ack")) {
        answers.put(tree.string("id").orElseThrow(), tree);
      } else if (message.topic().endsWith("/live")) {
        lastBox = tree.string("box").orElseThrow();
      } else if (tree.string("kind").equals(Optional.of("report"))) {
        report = tree.string("id");
      }
    }
  }

  private void send(String name, String id, String cmd, String args) throws IOException {
    published++;
    String json = "{\"id\":\"%s\",\"cmd\":\"%s\",\"args\":{%s}}".formatted(id, cmd, args);
    backend.publish(
        published, new Message("streetbox/v1/" + name + "/cmd", json.getBytes(UTF_8), "", false));
  }

  private void sendStatus(String name, String id, String status) throws IOException {
    send(
        name,
        id,
        "report-status",
        "\"id\":\"%s\",\"status\":\"%s\"".formatted(report.orElseThrow(), status));
  }

  private JsonTree answer(String id) throws IOException {
    Eventually.holds(
        "the answer to " + id + "; " + box.errors(),
        () -> {
          take();
          return answers.containsKey(id);
        });
    return answers.get(id);
  }

  private void requireRefused(String name, String id) throws IOException {
    JsonTree answer = answer(id);
    assertEquals(Optional.of(name), answer.string("box"), "answered under the name of the command");
    String error = answer.string("error").orElseThrow();
    assertTrue(error.contains("not done under a name of another day"), error);
  }

  private String awaitName(String except) throws IOException {
    Eventually.holds(
        "a name; " + box.errors(),
        () -> {
          take();
          return !lastBox.isEmpty() && !lastBox.equals(except);
        });
    return lastBox;
  }

  private void awaitMidnight() throws IOException {
    Eventually.holds(
        "midnight", () -> new SystemTime().systemClock().toEpochMilli() > midnightMs + 1_000);
  }

  private JsonTree status() throws IOException {
    Path file = dir.resolve("run/status.json");
    return JsonTree.parse(Files.exists(file) ? Files.readString(file) : "{}");
  }

  @Test
  void whatWaitsForTheNameOfYesterdayIsTakenOnceAndOnlyResendAndReportStatusAreDone()
      throws IOException {
    String evening = awaitName("");
    Path draft = Files.writeString(dir.resolve("run/draft"), "a hole");
    Path unused = Files.move(draft, dir.resolve("run/reports/report-1.txt"));
    Eventually.holds(
        "a report",
        () -> {
          take();
          return report.isPresent();
        });
    assertEquals(0, box.terminate(15), box.errors());
    send(evening, "w-ping", "ping", "");
    send(evening, "w-set", "set", "\"key\":\"live_period\",\"value\":\"2s\"");
    sendStatus(evening, "w-status", "dispatched");
    send(evening, "w-resend", "resend", "\"boot\":1,\"first\":1,\"last\":5");
    awaitMidnight();
    box = daily.start();
    String night = awaitName(evening);
    assertNotEquals(evening, night);

    JsonTree dispatched = answer("w-status");
    assertEquals(Optional.of(evening), dispatched.string("box"));
    assertTrue(dispatched.isTrue("ok"), "report-status is done");
    assertTrue(answer("w-resend").isTrue("ok"), "resend is done");
    requireRefused(evening, "w-ping");
    requireRefused(evening, "w-set");
    Eventually.holds(
        "the lamp", () -> status().child("lamp").text("pattern").equals(Optional.of("dispatched")));

    // Yesterday's topic stays subscribed for the day, on the connection of today's name.
    Eventually.holds("the end of yesterday's session", () -> sessionsOf(evening) == 0);
    sendStatus(evening, "n-status", "done");
    send(evening, "n-ping", "ping", "");
    assertTrue(answer("n-status").isTrue("ok"), "report-status is done");
    requireRefused(evening, "n-ping");
    send(night, "n-today", "ping", "");
    assertEquals(Optional.of(night), answer("n-today").string("box"));
    assertEquals(
        1,
        broker.log().split("New client connected from [^ ]+ as " + evening + " ", -1).length - 2,
        "yesterday's session is taken up once");
  }

  /** Returns how many connections under a name are open. */
  private int sessionsOf(String name) throws IOException {
    String log = broker.log();
    return log.split(" as " + name + " ", -1).length
        - log.split("Client " + name + " (disconnected|closed)", -1).length;
  }

  @Test
  void whatWasSetEndsAtMidnight() throws IOException {
    String evening = awaitName("");
    send(evening, "set", "set", "\"key\":\"live_period\",\"value\":\"2s\"");
    assertTrue(answer("set").isTrue("ok"), "set is done");
    Eventually.holds("a setting from afar", () -> status().children("set").size() == 1);
    awaitName(evening);
    Eventually.holds(
        "the setting of the file",
        () -> !status().childNames().isEmpty() && status().children("set").isEmpty());
  }
}
