package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the installed program's `watch` on a real terminal (tmux) beside a simulated box. */
class WatchIT {
  @TempDir Path dir;
  private ChildProcess box;

  @BeforeEach
  void start() throws IOException {
    // No broker accepts connections on the port, so the box has a fault to show.
    Path config =
        Files.writeString(
            dir.resolve("box.toml"),
            """
            [box]
            id = "sb-watch"
            data_dir = "%s/data"
            run_dir = "%s/run"
            [[sensor]]
            name = "pm"
            driver = "sps30"
            bus = "sim"
            [[sensor]]
            name = "air"
            driver = "sht4x"
            bus = "sim"
            [gnss]
            source = "sim"
            [mqtt]
            broker = "mqtt://127.0.0.1:%d"
            """
                .formatted(dir, dir, Mosquitto.freePort()));
    Files.writeString(
        dir.resolve("watch"),
        """
        stty -g >before
        %s watch --config %s 2>errors
        echo "left with $?"
        stty -g | cmp - before && echo "as before"
        """
            .formatted(Program.STREETBOX.executable(), config));
    box = ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
    tmux("new-session", "-d", "-x", "80", "-y", "24", "-c", dir.toString(), "sh");
  }

  @AfterEach
  void stop() throws IOException {
    tmux("kill-server");
    box.close();
  }

  private String tmux(String... words) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-f", "/dev/null", "-S", dir.resolve("tmux").toString()));
    arguments.addAll(List.of(words));
    try (ChildProcess tmux =
        ChildProcess.start(dir, Program.TMUX, arguments.toArray(String[]::new))) {
      assertEquals(0, tmux.await(20), tmux.errors());
      return String.join("\n", tmux.lines());
    }
  }

  private String seen() throws IOException {
    return tmux("capture-pane", "-p");
  }

  private void press(String key) throws IOException {
    tmux("send-keys", key);
  }

  private void await(String words) throws IOException {
    Eventually.holds(words + " on the screen", () -> seen().contains(words));
  }

  private void watch() throws IOException {
    tmux("send-keys", "clear; sh watch", "Enter");
    await("q quit   p pause   f faults");
  }

  private void assertLeft() throws IOException {
    await("as before");
    String seen = seen();
    assertTrue(seen.contains("left with 0"), seen);
    assertFalse(seen.contains("q quit"), seen);
    assertEquals("", Files.readString(dir.resolve("errors")));
  }

  @Test
  void theScreenIsLiveAndTheTerminalIsRestored() throws IOException {
    Eventually.holds("a status", () -> Files.exists(dir.resolve("run/status.json")));
    watch();
    await("PM2.5");
    await("faults  1: broker: no connection");
    press("f");
    await(" now  broker: no connection");
    press("f");
    press("p");
    await("PAUSED");
    press("p");
    Eventually.holds("a screen that goes on", () -> !seen().contains("PAUSED"));

    tmux("resize-window", "-x", "120", "-y", "40");
    await("last 60 rows");
    tmux("resize-window", "-x", "50", "-y", "12");
    await("more in a taller window");
    assertTrue(seen().lines().allMatch(line -> line.length() <= 50), seen());

    press("q");
    assertLeft();

    watch();
    press("C-z"); // must not suspend the program
    press("C-c");
    assertLeft();

    watch();
    long pid = watcher();
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroy());
    assertLeft();

    watch();
    assertEquals(0, box.terminate(20), box.errors());
    await("no agent runs");
    press("q");
    assertLeft();
  }

  /** Returns the process that draws. */
  private long watcher() throws IOException {
    long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
    return ProcessHandle.of(shell)
        .orElseThrow()
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow()
        .pid();
  }
}
