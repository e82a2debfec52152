package dev.streetbox.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.streetbox.Seeds;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills boxes (SIGKILL) at random instants, 51 times per seed and 204 times in all, while the
 * broker is killed, suspended and deprived of its sessions. The seed determines every delay and
 * every fault; the instruction at which a kill takes effect depends on the machine, so that a seed
 * repeats the scenario and not the exact run. Because the kernel keeps written data after SIGKILL,
 * the test does not cover power cuts.
 */
class KillIT {
  private static final int BOXES = 4;
  private static final int KILLS = 51;

  /**
   * Most runs until all is sent: a stopping box waits 2 s for PUBACKs, which a busy machine may
   * exceed.
   */
  private static final int LAST_RUNS = 5;

  private final Path dir;
  private final SystemTime time = new SystemTime();
  private final List<KilledBox> boxes = new ArrayList<>();
  private Mosquitto broker;
  private DeliveredRows delivered;

  /** Uses a folder that is deleted after the test. */
  KillIT(@TempDir Path dir) {
    this.dir = dir;
  }

  private void stop() throws IOException {
    boxes.forEach(KilledBox::close);
    if (delivered != null) {
      delivered.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void everyRowIsReceivedOrDeclaredLost(TestReporter reporter) {
    Seeds.each(
        4,
        seed -> {
          KillIT test = new KillIT(Files.createDirectory(dir.resolve("seed-" + seed)));
          try {
            test.everyRowIsReceivedOrDeclaredLost(seed, reporter);
          } finally {
            test.stop();
          }
        });
  }

  private void everyRowIsReceivedOrDeclaredLost(long seed, TestReporter reporter)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path folder = Files.createDirectory(dir.resolve("broker"));
    broker =
        Mosquitto.started(
            folder,
            "persistence true",
            "persistence_location " + folder + "/",
            "autosave_on_changes true",
            "autosave_interval 1",
            "max_queued_messages 0");
    delivered = new DeliveredRows(broker);
    for (int n = 1; n <= BOXES; n++) {
      boxes.add(box("sb-" + seed + "-" + n, random.split()));
    }
    BrokerFaults brokerFaults =
        new BrokerFaults(broker, folder.resolve("mosquitto.db"), delivered, boxes, random.split());
    while (kills() < KILLS) {
      brokerFaults.step(time.tickMs());
      step();
    }
    brokerFaults.end();
    awaitAllSent();
    reporter.publishEntry(
        "seed " + seed,
        "%d kills, %d faults of the broker, %d rows, %d of them lost by the broker for the durable session, %d ms"
            .formatted(
                kills(),
                brokerFaults.faults(),
                delivered.rows(),
                delivered.lostByBroker(),
                time.tickMs()));
  }

  /** Runs every box until all rows of its ended boots are sent, then terminates the boxes. */
  private void awaitAllSent() throws IOException {
    boxes.forEach(KilledBox::stopKilling);
    for (int run = 0; run == 0 || (run < LAST_RUNS && anyUnsent()); run++) {
      await(
          () -> {
            step();
            return violations().isEmpty() && allOnline();
          });
      for (KilledBox box : boxes) {
        box.terminate();
      }
    }
    await(
        () -> {
          delivered.take();
          return violations().isEmpty();
        });
    assertFalse(anyUnsent());
    assertEquals(List.of(), delivered.unexplained());
    assertEquals(List.of(), delivered.conflicts());
  }

  /** Returns true if a box ended with unsent rows or events, which its next run sends. */
  private boolean anyUnsent() throws IOException {
    boolean unsent = false;
    for (KilledBox box : boxes) {
      unsent |= box.storeCheck().hasUnsent();
    }
    return unsent;
  }

  private boolean allOnline() throws IOException {
    boolean online = true;
    for (KilledBox box : boxes) {
      online &= box.isOnline();
    }
    return online;
  }

  private void await(Eventually.Condition condition) throws IOException {
    try {
      Eventually.holds("the last rows", condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + String.join("\n", violations()), e);
    }
  }

  private void step() throws IOException {
    for (KilledBox box : boxes) {
      box.step(time.tickMs());
    }
    delivered.take();
  }

  private KilledBox box(String id, SplittableRandom random) throws IOException {
    Path folder = Files.createDirectory(dir.resolve(id));
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.writeString(
        folder.resolve("streetbox.toml"),
        """
        [box]
        id = "%1$s"
        data_dir = "%2$s/data"
        run_dir = "%2$s/run"
        [[sensor]]
        name = "air"
        driver = "sht4x"
        bus = "sim"
        [gnss]
        source = "sim"
        [store]
        commit_period = "%3$ds"
        [mqtt]
        broker = "%4$s"
        encoding = "json"
        live_period = "%5$ds"
        [simulate]
        speed = %6$d.0
        """
            .formatted(
                id,
                folder,
                1 + random.nextInt(10),
                broker.uri(),
                1 + random.nextInt(5),
                5 + random.nextInt(16)));
    StoreCheck storeCheck = new StoreCheck(id, folder.resolve("data"), copy, delivered);
    return new KilledBox(folder, random, storeCheck);
  }

  private List<String> violations() {
    return boxes.stream().flatMap(box -> box.storeCheck().violations().stream()).toList();
  }

  private int kills() {
    return boxes.stream().mapToInt(KilledBox::kills).sum();
  }
}
