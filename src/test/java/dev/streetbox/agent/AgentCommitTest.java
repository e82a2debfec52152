package dev.streetbox.agent;

import dev.streetbox.bus.Interruption;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs an agent whose clock stands still, so that nothing happens because time has passed. */
class AgentCommitTest {
  @TempDir private Path folder;

  /** Holds a clock that never advances: a wait ends by an interrupt only. */
  private static final class StandingTime implements Time {
    @Override
    public long tickMs() {
      return 1_000;
    }

    @Override
    public Instant systemClock() {
      return Instant.parse("2026-11-23T12:00:00Z");
    }

    @Override
    public void sleep(Duration duration) throws InterruptedIOException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw Interruption.of(e, "interrupted");
      }
    }
  }

  @Test
  @Timeout(120)
  void aReportIsCommittedByItselfAndNotByTheNextPeriod() throws Exception {
    Config config =
        KnownDrivers.text(
            """
            [gnss]
            source = "none"
            [report]
            button_gpio = -1
            led_gpio = -1
            [store]
            commit_period = "5m"
            """,
            folder);
    StandingTime time = new StandingTime();
    try (Agent agent = Agent.start(config, time, new SystemTime(), new Faults()).orElseThrow()) {
      Eventually.holds("a store", () -> Files.exists(folder.resolve("data/outbox.db")));
      Eventually.holds("a first watch", agent::watch);
      // The first report may be in the commit that makes the store; the second is not.
      for (int i = 1; i <= 2; i++) {
        Path draft = Files.writeString(folder.resolve("run/draft"), "a hole");
        Path unused = Files.move(draft, folder.resolve("run/reports/report-" + i + ".txt"));
        int reports = i;
        Eventually.holds("a report on the disk", () -> agent.watch() && kept() == reports);
      }
    }
  }

  private long kept() throws IOException {
    Path status = folder.resolve("run/status.json");
    return Files.exists(status)
        ? JsonTree.parse(Files.readString(status)).children("reports").stream()
            .filter(report -> report.string("status").equals(Optional.of("kept")))
            .count()
        : 0;
  }
}
