package dev.streetbox.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Presses the simulated button of the installed program and follows the report to a dispatcher's
 * page in a real browser and back to the lamp, while box, broker and page are killed.
 */
class LoopIT {
  @TempDir private Path dir;

  private DeskBroker broker;
  private Chromium browser;
  private Path config;
  private ChildProcess box;

  @BeforeEach
  void start() throws IOException {
    broker = new DeskBroker(Files.createDirectory(dir.resolve("broker")));
    browser = new Chromium(dir);
    Path password = Files.writeString(dir.resolve("password"), "box");
    config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-1"
            data_dir = "%1$s/data"
            run_dir = "%1$s/run"
            [[sensor]]
            name = "pm"
            driver = "sps30"
            bus = "sim"
            [gnss]
            source = "sim"
            [mqtt]
            broker = "%2$s"
            username = "box"
            password_file = "%3$s"
            """
                .formatted(dir, broker.mosquitto().uri(), password));
    startBox();
  }

  @AfterEach
  void end() {
    box.close();
    browser.close();
    broker.close();
  }

  private void startBox() throws IOException {
    box = ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
    awaitBox();
  }

  /** Starts a box whose system clock and simulated receiver are an hour ahead (libfaketime). */
  private void startBoxAnHourLater() throws IOException {
    box =
        ChildProcess.start(
            dir,
            Program.ENV,
            "LD_PRELOAD=/usr/$LIB/faketime/libfaketimeMT.so.1",
            "FAKETIME=+1h",
            "FAKETIME_DONT_FAKE_MONOTONIC=1",
            "FAKETIME_FORCE_MONOTONIC_FIX=0", // else each timed wait of the JVM spins
            Program.STREETBOX.executable(),
            "run",
            "--config",
            config.toString());
    awaitBox();
    double t = status().number("t").orElseThrow();
    assertTrue(t > new SystemTime().systemClock().toEpochMilli() + 3_500_000, "an hour later");
  }

  private void awaitBox() throws IOException {
    Eventually.holds("a box with a position", () -> status().child("row").text("lat").isPresent());
  }

  private JsonTree status() throws IOException {
    Path file = dir.resolve("run/status.json");
    return JsonTree.parse(Files.exists(file) ? Files.readString(file) : "{}");
  }

  /** Waits until the lamp shows a pattern and the newest report has the state of the same name. */
  private void awaitLamp(String state) throws IOException {
    try {
      Eventually.holds(
          "the lamp's pattern " + state,
          () ->
              status().child("lamp").text("pattern").equals(Optional.of(state))
                  && newest().equals(Optional.of(state)));
    } catch (AssertionError e) {
      String status = Files.readString(dir.resolve("run/status.json"));
      throw new AssertionError(status + "\n" + box.errors(), e);
    }
  }

  private Optional<String> newest() throws IOException {
    return status().children("reports").stream()
        .findFirst()
        .flatMap(report -> report.string("status"));
  }

  /** Presses the button and returns the report's id once it is on the disk. */
  private String press() throws IOException {
    Path draft = Files.writeString(dir.resolve("run/draft"), "press");
    Path unused = Files.move(draft, dir.resolve("run/simulated-press"));
    String id =
        Eventually.get(
            "the report",
            () -> status().children("reports").stream().findFirst().flatMap(r -> r.string("id")));
    Path states = dir.resolve("data/commands");
    Eventually.holds(
        "the report on the disk",
        () -> Files.exists(states) && Files.readString(states).contains(id));
    return id;
  }

  private Page login() throws IOException {
    Page page = browser.open(broker.page("desk/"));
    page.await("document.querySelector('#login') && !document.querySelector('#login').hidden");
    page.type("#user", "desk");
    page.type("#password", "desk");
    page.click("#login button");
    page.await("document.body.dataset.intake === 'yes'");
    return page;
  }

  private void killBox() throws IOException {
    box.kill();
    Files.deleteIfExists(dir.resolve("run/status.json"));
  }

  private static void give(Page page, String state) throws IOException {
    page.click("[data-state=" + state + "]");
    if (state.equals("done")) {
      page.awaitText("[data-state=done]", "Press again");
      page.click("[data-state=done]");
    }
    page.awaitText("#badge", state);
  }

  @Test
  void aPressComesBackToTheLampAndThePageShowsThatItDid() throws IOException {
    Page page = login();
    String id = press();
    page.click("#item-" + id);
    page.awaitText("#delivery", "The box shows “received”");
    awaitLamp("received");
    page.awaitText(".rows summary", "rows before it");
    page.awaitText("#badge", "simulated");
    give(page, "dispatched");
    awaitLamp("dispatched");
    page.awaitText("#delivery", "The box shows “dispatched”");
    give(page, "done");
    awaitLamp("done");
    page.awaitText("#delivery", "The box shows “done”");
  }

  @Test
  void theReportComesBackAlthoughBoxBrokerAndPageAreKilledOnTheWay() throws IOException {
    login();
    broker.mosquitto().kill();
    String id = press();
    awaitLamp("kept");
    killBox(); // With the report on its disk only.
    broker.mosquitto().start();
    browser.kill(); // No page is open when the report arrives.
    startBox();
    awaitLamp("sent");
    browser = new Chromium(dir);
    Page page = login();
    page.awaitText("#item-" + id, "hazard");
    awaitLamp("received");
    page.click("#item-" + id);
    page.awaitText("#delivery", "The box shows “received”");
    killBox();
    page.awaitText("#facts", "sb-1, off");
    give(page, "dispatched");
    String hourLater =
        page.value("(() => { const now = Date.now; Date.now = () => now() + 3.6e6; })()");
    assertEquals("undefined", hourLater);
    page.awaitText("#delivery", "The box is off. The command waits for it");
    browser.kill(); // With the command at the broker only, in the session of the box.
    startBoxAnHourLater();
    awaitLamp("dispatched");
    browser = new Chromium(dir);
    Page next = login();
    next.click("#item-" + id);
    next.awaitText("#delivery", "The box shows “dispatched”");
    broker.mosquitto().stop();
    next.awaitText("#link", "Nothing can be sent");
    broker.mosquitto().start();
    give(next, "done");
    awaitLamp("done");
    next.awaitText("#delivery", "The box shows “done”");
    killBox();
    startBoxAnHourLater();
    awaitLamp("done");
  }
}
