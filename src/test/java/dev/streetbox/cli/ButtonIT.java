package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.MosquittoSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Presses the simulated button of the installed program, with a real store and a real Mosquitto,
 * and follows the reports to the broker and back to the lamp.
 */
class ButtonIT {
  private static final String EVENTS = "streetbox/v1/sb-1/event";
  private static final Pattern COMMITTED =
      Pattern.compile("the supply fails: (\\d+) rows were committed in (\\d+) ms");

  @TempDir private Path dir;

  private Mosquitto broker;
  private String config;
  private ChildProcess box;

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    Path scenario = Files.writeString(dir.resolve("scenario.txt"), "at 20s supply close\n");
    config =
        Boxes.simulated(
                dir,
                broker.uri(),
                """
                [store]
                commit_period = "5m"
                power_fail_gpio = 13
                [tamper]
                gpio = 5
                [simulate]
                scenario = "%s"
                """
                    .formatted(scenario))
            .toString();
    startBox();
  }

  private void startBox() throws IOException {
    Files.deleteIfExists(dir.resolve("run/status.json")); // that of a killed box
    box = ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config);
    Eventually.holds("a box with a position", () -> status().child("row").text("lat").isPresent());
  }

  @AfterEach
  void stop() {
    box.close();
    broker.close();
  }

  private JsonTree status() throws IOException {
    Path file = dir.resolve("run/status.json");
    return Files.exists(file) ? JsonTree.parse(Files.readString(file)) : JsonTree.parse("{}");
  }

  private void press(String action) throws IOException {
    Path draft = Files.writeString(dir.resolve("run/draft"), action);
    Files.move(draft, dir.resolve("run/simulated-press"));
  }

  /** Waits until the box has lived a second longer; it writes its status every 5 s. */
  private void awaitSecond() throws IOException {
    double before = status().number("tick_ms").orElse(0);
    Eventually.holds("a later status", () -> status().number("tick_ms").orElse(0) > before + 6_000);
  }

  private boolean shows(String pattern) throws IOException {
    return status().child("lamp").text("pattern").equals(Optional.of(pattern));
  }

  private Optional<JsonTree> newest() throws IOException {
    return status().children("reports").stream().findFirst();
  }

  private boolean isNewest(String state) throws IOException {
    return newest().flatMap(report -> report.string("status")).equals(Optional.of(state));
  }

  @Test
  void aPressIsOnTheDiskThenAtTheBrokerAndTheLampShowsBoth() throws IOException {
    broker.stop();
    press("press");
    Eventually.holds("a report that is kept", () -> shows("kept") && isNewest("kept"));
    String id = newest().orElseThrow().string("id").orElseThrow();
    Eventually.holds(
        "the state on the disk",
        () -> Files.exists(dir.resolve("data/commands")) && persisted().contains(id));
    box.kill();

    broker.start();
    try (MosquittoSub events = new MosquittoSub(broker, EVENTS)) {
      startBox();
      String event = events.next("\"id\":\"" + id + "\"").payload();
      assertTrue(event.contains("\"kind\":\"report\""), event);
      assertTrue(event.contains("\"lat\":"), event);
      Eventually.holds("a report that is sent", () -> shows("sent") && isNewest("sent"));
      Typed reports = Typed.command("reports", "--config", config);
      assertTrue(reports.out().startsWith(id + " sent, for "), reports::toString);
    }
  }

  private String persisted() throws IOException {
    return Files.readString(dir.resolve("data/commands"));
  }

  @Test
  void aDoublePressIsAnOdourAndHoldingTakesTheReportBack() throws IOException {
    try (MosquittoSub events = new MosquittoSub(broker, EVENTS)) {
      press("double_press");
      String odour = events.next("\"kind\":\"odour\"").payload();
      assertTrue(odour.contains("\"by\":\"person\""), odour);
      // A third press within the window would belong to the two before.
      awaitSecond();
      press("press");
      events.next("\"kind\":\"report\"");
      Eventually.holds("a report that is sent", () -> isNewest("sent"));
      String id = newest().orElseThrow().string("id").orElseThrow();
      press("hold");
      events.next("\"cancelled\":\"" + id + "\"");
      Eventually.holds("a lamp that is off", () -> shows("off"));
      Typed reports = Typed.command("reports", "--config", config);
      assertTrue(reports.out().startsWith(id + " taken back"), reports::toString);
    }
  }

  @Test
  void identifyShowsItsPatternUntilItsTimeIsOver() throws IOException {
    String uri = broker.uri().toString();
    Typed minute = Typed.command("command", "sb-1", "identify", "--broker", uri);
    assertEquals(0, minute.code(), minute::toString);
    assertTrue(minute.out().contains("seconds 60"), minute::toString);
    Eventually.holds("the pattern of identify", () -> shows("identify"));
    assertTrue(box.errors().contains("a person looks for this box, for 60 s"), box.errors());
    Typed second = Typed.command("command", "sb-1", "identify", "seconds=1", "--broker", uri);
    assertEquals(0, second.code(), second::toString);
    Eventually.holds("a lamp that is off", () -> shows("off"));
  }

  @Test
  void theCommandPrintsTheIdAndWaitsForTheCity() {
    Typed report = Typed.command("report", "ice", "--wait", "1s", "--config", config);
    Matcher id =
        Pattern.compile("reported as (sb-1-\\d+-\\d+)\n(kept\n)?sent\n").matcher(report.out());
    assertTrue(id.matches(), report::toString);
    assertEquals(ExitCode.EXTERNAL_ERROR, report.code());
    assertTrue(report.err().contains("neither done nor rejected within 1 s"), report::toString);
    assertTrue(
        Typed.command("reports", "--json", "--config", config)
            .out()
            .startsWith("{\"id\":\"" + id.group(1) + "\",\"status\":\"sent\",\"t\":"));
  }

  @Test
  void aSupplyThatFailsCommitsEveryRowAtOnceAndAnOpenLidIsAnEvent() throws IOException {
    Eventually.holds("a commit", () -> COMMITTED.matcher(box.errors()).find());
    Matcher committed = COMMITTED.matcher(box.errors());
    assertTrue(committed.find());
    assertTrue(Integer.parseInt(committed.group(1)) >= 1, committed.group());
    box.kill();
    String stored = Typed.command("outbox", "stat", "--json", "--config", config).out();
    assertTrue(stored.contains("\"stored\":"), stored);

    Files.writeString(dir.resolve("scenario.txt"), "at 9s lid open\nat 12s lid close\n");
    try (MosquittoSub events = new MosquittoSub(broker, EVENTS)) {
      startBox();
      String tamper = events.next("\"kind\":\"tamper\"").payload();
      assertTrue(tamper.contains("\"what\":\"lid\""), tamper);
      assertEquals(List.of(), status().children("faults"));
    }
  }
}
