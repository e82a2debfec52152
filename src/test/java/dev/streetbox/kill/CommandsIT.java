package dev.streetbox.kill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.ContractCheck;
import dev.streetbox.Program;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends commands through a real Mosquitto to the packaged program, which is killed again and again.
 */
class CommandsIT {
  private static final int ROUNDS = 5;
  private static final String BOX = "sb-it";

  @TempDir Path dir;
  private Mosquitto broker;
  private ChildProcess auditor;
  private ChildProcess box;
  private Connection link;
  private long published;
  private final Map<String, List<String>> answers = new LinkedHashMap<>();

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    auditor =
        ChildProcess.start(
            dir, Program.STREETBOX, "listen", "--audit", "--broker", "" + broker.uri());
    broker.awaitLog("Sending SUBACK", 1);
    Files.writeString(
        dir.resolve("streetbox.toml"),
        """
        [box]
        id = "%3$s"
        data_dir = "%1$s/data"
        run_dir = "%1$s/run"
        [[sensor]]
        driver = "sht4x"
        bus = "sim"
        [gnss]
        source = "sim"
        [store]
        commit_period = "1s"
        [mqtt]
        broker = "%2$s"
        live_period = "1s"
        """
            .formatted(dir, broker.uri(), BOX));
    box = startBox();
    link = Links.connected(broker.uri());
    link.subscribe("streetbox/v1/" + BOX + "/ack");
    Links.next(link, ConnectionEvent.Subscribed.class);
    broker.awaitLog("Sending SUBACK to " + BOX, 1);
  }

  @AfterEach
  void stop() {
    link.drop();
    box.close();
    auditor.close();
    broker.close();
  }

  private ChildProcess startBox() throws IOException {
    return ChildProcess.start(
        dir, Program.STREETBOX, "run", "--config", dir.resolve("streetbox.toml").toString());
  }

  private void send(String topic, String json) {
    published++;
    link.publish(
        published,
        new Message("streetbox/v1/" + BOX + "/" + topic, json.getBytes(UTF_8), "", false)
            .correlatedBy(new byte[] {7}));
  }

  private static String set(String id, int value) {
    return "{\"id\":\"%s\",\"cmd\":\"set\",\"args\":{\"key\":\"backlog_rate\",\"value\":%d}}"
        .formatted(id, value);
  }

  /** Takes answers for a while. */
  private void take(Duration limit) throws IOException {
    Optional<ConnectionEvent> event = link.await(limit);
    while (event.isPresent()) {
      if (event.get() instanceof ConnectionEvent.Arrived arrived) {
        link.acknowledge(arrived);
        ContractCheck.requireValid(arrived.message());
        String text = new String(arrived.message().payload(), UTF_8);
        assertEquals(1, arrived.message().correlationData().length, text);
        String id = JsonTree.parse(text).string("id").orElseThrow();
        answers.computeIfAbsent(id, any -> new ArrayList<>()).add(text);
      }
      event = link.poll();
    }
  }

  private JsonTree status() throws IOException {
    Path file = dir.resolve("run/status.json");
    return JsonTree.parse(Files.exists(file) ? Files.readString(file) : "{}");
  }

  @Test
  void eachCommandIsDoneOnceOrRefusedThroughKillsAndEveryRowIsAccountedFor() throws IOException {
    SplittableRandom random = new SplittableRandom(12);
    Set<String> toDo = new TreeSet<>();
    Set<String> toRefuse = new TreeSet<>();
    int last = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 3; i++) {
        last = 100 + 10 * round + i;
        toDo.add("set-" + round + "-" + i);
        send("cmd/set", set("set-" + round + "-" + i, last));
      }
      send("cmd", set("set-" + round + "-0", 999));
      toRefuse.add("bad-" + round);
      send("cmd", "{\"id\":\"bad-" + round + "\",\"cmd\":\"reboot\"}");
      toRefuse.add("long-" + round);
      send("cmd", "{\"id\":\"long-" + round + "\",\"cmd\":\"ping\"" + " ".repeat(5000) + "}");
      send("cmd", "no json");
      take(Duration.ofMillis(1 + random.nextInt(400)));
      box.kill();
      box = startBox();
      if (random.nextBoolean()) {
        take(Duration.ofMillis(1 + random.nextInt(3000)));
      }
    }
    int rate = last;
    Eventually.holds(
        "all answers; " + box.errors(),
        () -> {
          take(Duration.ofMillis(50));
          return answers.keySet().containsAll(toDo) && answers.keySet().containsAll(toRefuse);
        });
    Eventually.holds(
        "the rows are sent; " + box.errors(),
        () -> {
          take(Duration.ofMillis(50));
          return status().child("store").number("unacknowledged").orElse(99) < 3
              && status().child("link").text("state").equals(Optional.of("online"));
        });
    for (String id : toDo) {
      assertEquals(1, new HashSet<>(answers.get(id)).size(), "one answer: " + answers.get(id));
      assertTrue(answers.get(id).get(0).contains("\"ok\":true"), answers.get(id).get(0));
    }
    for (String id : toRefuse) {
      assertFalse(answers.get(id).toString().contains("\"ok\":true"), id);
    }
    // The status is written every 5 s.
    Eventually.holds(
        "the last value of all; " + box.errors(),
        () ->
            status().children("set").stream()
                .anyMatch(set -> set.text("value").equals(Optional.of(rate + ""))));
    assertEquals(0, box.terminate(15), box.errors());
    JsonTree file = JsonTree.parse(Files.readString(dir.resolve("data/commands")));
    assertEquals(
        toDo.size(),
        file.children("done").stream().map(one -> one.string("id").orElse("")).distinct().count());
    assertEquals(toDo.size(), file.children("done").size(), "each is done once");
    assertEquals(0, auditor.terminate(15), auditor.errors());
  }

  @Test
  void theCommandAtThePromptPrintsTheAnswerAndListenPrintsItsMessages() throws IOException {
    ChildProcess listen =
        ChildProcess.start(
            dir,
            Program.STREETBOX,
            "listen",
            "--only",
            "ack,state",
            "--broker",
            broker.uri().toString());
    broker.awaitLog("Sending SUBACK to listen-", 2);
    ChildProcess ping = command("ping", "--json");
    assertEquals(0, ping.await(40), ping.errors());
    assertTrue(ping.lines().get(0).contains("\"ok\":true"), "" + ping.lines());
    ChildProcess refused = command("set", "key=live_period", "value=2d");
    assertEquals(1, refused.await(40), refused.errors());
    assertTrue(refused.errors().contains("from 1s to 10m"), refused.errors());
    ChildProcess set = command("set", "key=live_period", "value=2s");
    assertEquals(0, set.await(40), set.errors());
    assertTrue(set.lines().contains("value 2s"), "" + set.lines());
    ChildProcess show =
        ChildProcess.start(
            dir,
            Program.STREETBOX,
            "config",
            "show",
            "--config",
            dir.resolve("streetbox.toml").toString());
    assertEquals(0, show.await(40), show.errors());
    assertTrue(show.lines().contains("# live_period = 2s"), "" + show.lines());
    Eventually.holds("three answers", () -> lines(listen, "ack") >= 3);
    assertTrue(lines(listen, "state") >= 1, "" + listen.lines());
    assertEquals(lines(listen, "ack") + lines(listen, "state"), listen.lines().size());
    listen.close();
  }

  private static long lines(ChildProcess listen, String kind) throws IOException {
    return listen.lines().stream()
        .filter(line -> line.startsWith("{\"kind\":\"" + kind + "\""))
        .count();
  }

  private ChildProcess command(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("command", BOX));
    all.addAll(List.of(words));
    all.addAll(List.of("--broker", broker.uri().toString()));
    return ChildProcess.start(dir, Program.STREETBOX, all.toArray(String[]::new));
  }
}
