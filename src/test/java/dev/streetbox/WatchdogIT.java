package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the installed program with the environment of a unit with a watchdog, with a real notify
 * socket, and simulates a hanging disk with a FIFO, because opening a FIFO blocks until its other
 * end is opened.
 */
class WatchdogIT {

  /** The watchdog limit; the program notifies every second. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Pattern ACKNOWLEDGED = Pattern.compile("\"acknowledged_rows\":(\\d+)");

  private static final Pattern TICK = Pattern.compile("\"tick_ms\":(\\d+)");

  @TempDir Path dir;

  private Mosquitto broker;
  private NotifySocket systemd;
  private ChildProcess box;

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    broker.kill();
    systemd = new NotifySocket(dir, dir.resolve("notify").toString());
    Path config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-watched"
            data_dir = "%1$s/data"
            run_dir = "%1$s/run"
            [gnss]
            source = "sim"
            [store]
            commit_period = "1s"
            [mqtt]
            broker = "%2$s"
            [simulate]
            speed = 20.0
            """
                .formatted(dir, broker.uri()));
    box =
        ChildProcess.start(
            dir,
            Program.ENV,
            "NOTIFY_SOCKET=" + dir.resolve("notify"),
            "WATCHDOG_USEC=" + LIMIT.toNanos() / 1000,
            Program.STREETBOX.executable(),
            "run",
            "--config",
            config.toString());
    Eventually.holds("a box that sends WATCHDOG=1", () -> systemd.count("WATCHDOG=1") >= 3);
    assertEquals("READY=1", systemd.received().get(0));
  }

  @AfterEach
  void stop() throws IOException {
    box.close();
    systemd.close();
    broker.close();
  }

  /** Replaces a file, or prevents its creation, by a FIFO of the same name. */
  private void replaceByFifo(Path file) throws IOException {
    Path fifo = dir.resolve("fifo");
    try (ChildProcess mkfifo = ChildProcess.start(dir, Program.MKFIFO, fifo.toString())) {
      assertEquals(0, mkfifo.await(10), mkfifo.errors());
    }
    Files.move(fifo, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aTerminatedBoxNotifiesStopping() throws IOException {
    assertEquals(0, box.terminate(10), box.errors());
    Eventually.holds("STOPPING=1", () -> systemd.count("STOPPING=1") == 1);
    assertEquals(1, systemd.count("READY=1"));
  }

  /**
   * Blocks the thread that reads the backlog; the limit of its cycle is a minute of real time at
   * any speed of the simulation.
   */
  @Test
  void aDiskThatDoesNotAnswerIsAFaultAndLiveRowsAreSentOn() throws IOException {
    Eventually.holds("rows that are no longer in memory", () -> stored() > 300);
    replaceByFifo(dir.resolve("data/outbox.db"));
    broker.start();
    Eventually.holds("live rows", () -> acknowledged() > 0);
    long before = systemd.count("WATCHDOG=1");
    Eventually.holds("30 s of notifications", () -> systemd.count("WATCHDOG=1") > before + 30);
    Eventually.holds("the fault", () -> status().contains("disk/reader"));
    long sent = acknowledged();
    Eventually.holds("more live rows", () -> acknowledged() > sent);
    assertTrue(
        status().contains("the disk has not answered for 60 s: rows stay in memory"), status());
    assertEquals(0, box.terminate(10), box.errors());
  }

  /**
   * Blocks every file of the start that is read first: the lock's folder stays, the number hangs.
   */
  @Test
  void aDiskThatDoesNotAnswerAtTheStartIsAFaultAndRowsAreSentFromMemory() throws IOException {
    Files.createDirectories(dir.resolve("data3"));
    replaceByFifo(dir.resolve("data3/boot"));
    broker.start();
    Path config =
        Files.writeString(
            dir.resolve("hung.toml"),
            """
            [box]
            id = "sb-hung"
            data_dir = "%1$s/data3"
            run_dir = "%1$s/run3"
            [gnss]
            source = "sim"
            [mqtt]
            broker = "%2$s"
            """
                .formatted(dir, broker.uri()));
    try (ChildProcess hung =
        ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString())) {
      Path state = dir.resolve("run3/status.json");
      Eventually.holds(
          "a start with a drawn number and acknowledged rows",
          () -> Files.exists(state) && acknowledged(Files.readString(state)) > 0);
      String status = Files.readString(state);
      assertTrue(status.contains("cannot count this boot (the disk does not answer"), status);
      assertEquals(0, hung.terminate(10), hung.errors());
    }
  }

  private String status() throws IOException {
    return Files.readString(dir.resolve("run/status.json"));
  }

  private long acknowledged() throws IOException {
    return acknowledged(status());
  }

  private static long acknowledged(String status) {
    Matcher rows = ACKNOWLEDGED.matcher(status);
    return rows.find() ? Long.parseLong(rows.group(1)) : 0;
  }

  /** Delays the connection to gpsd, so that only the duty of the receiver hangs. */
  @Test
  void aStuckDutyEndsTheProcessWithExitCode70() throws IOException {
    Path config =
        Files.writeString(
            dir.resolve("stuck.toml"),
            """
            [box]
            id = "sb-stuck"
            data_dir = "%1$s/data2"
            run_dir = "%1$s/run2"
            [gnss]
            source = "gpsd"
            address = "127.0.0.1:9"
            [mqtt]
            broker = "%2$s"
            """
                .formatted(dir, broker.uri()));
    try (ChildProcess stuck =
        ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString())) {
      Eventually.holds("the state of the box", () -> Files.exists(dir.resolve("run2/status.json")));
      // The start of a JVM may connect to a name service, so the delay begins afterwards.
      try (ChildProcess strace =
          ChildProcess.start(
              dir,
              Program.STRACE,
              "--attach=" + stuck.pid(),
              "--follow-forks",
              "--quiet=all",
              "--output=" + dir.resolve("trace"),
              "--trace=connect",
              "--inject=connect:delay_enter=300s")) {
        assertTrue(strace.isAlive(), strace.errors());
        Path state = dir.resolve("run2/status.json");
        Eventually.holds("45 s", () -> tickMs(Files.readString(state)) > 45_000);
        Eventually.holds(
            "the stuck duty is found",
            () -> stuck.errors().contains("gnss has not finished a cycle in PT1M"));
      }
      // A thread whose call strace delays cannot end, so the process ends after strace has.
      assertEquals(70, stuck.await(60), stuck.errors());
    }
  }

  private static long tickMs(String status) {
    Matcher tick = TICK.matcher(status);
    return tick.find() ? Long.parseLong(tick.group(1)) : 0;
  }

  /**
   * Delays the rename of {@code status.json}, so that the main thread hangs as on a dead file
   * system; then systemd receives no notifications, and would restart the unit.
   */
  @Test
  void aStuckMainThreadSendsNoWatchdogNotification() throws IOException {
    List<String> seen = new java.util.ArrayList<>();
    SystemTime time = new SystemTime();
    long[] lastTickMs = {0};
    try (ChildProcess strace =
        ChildProcess.start(
            dir,
            Program.STRACE,
            "--attach=" + box.pid(),
            "--follow-forks",
            "--quiet=all",
            "--trace=rename",
            "--inject=rename:delay_enter=100s")) {
      assertSilent(seen, time, lastTickMs);
      assertTrue(strace.isAlive(), strace.errors());
      assertTrue(box.isAlive());
      assertEquals(0, systemd.count("STOPPING=1"));
    }
  }

  private void assertSilent(List<String> seen, SystemTime time, long[] lastTickMs)
      throws IOException {
    Eventually.holds(
        "no notification for longer than the limit",
        () -> {
          if (!systemd.received().equals(seen)) {
            seen.clear();
            seen.addAll(systemd.received());
            lastTickMs[0] = time.tickMs();
          }
          return time.tickMs() - lastTickMs[0] > 3 * LIMIT.toMillis();
        });
  }

  private long stored() throws IOException {
    try (ChildProcess stat =
        ChildProcess.start(
            dir,
            Program.SQLITE3,
            "" + dir.resolve("data/outbox.db"),
            "SELECT sum(count) FROM chunk")) {
      return stat.await(30) == 0 && !stat.lines().isEmpty() && !stat.lines().get(0).isEmpty()
          ? Long.parseLong(stat.lines().get(0))
          : 0;
    }
  }
}
