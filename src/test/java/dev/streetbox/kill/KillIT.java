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
 * Boxes that are killed (SIGKILL) at random instants, with a broker that is killed, frozen and
 * robbed of its sessions meanwhile: 204 kills. The seed draws every delay and every fault; at which
 * instruction a kill falls, the machine decides, so that a seed repeats the scenario and not the
 * run. SIGKILL keeps what the kernel has: it proves nothing about power.
 */
class KillIT {
  private static final int BOXES = 4;
  private static final int KILLS = 51;

  /** An end waits two seconds for the broker's answers: a busy machine may take longer. */
  private static final int LAST_LIVES = 5;

  private final Path dir;
  private final SystemTime time = new SystemTime();
  private final List<KilledBox> boxes = new ArrayList<>();
  private Mosquitto broker;
  private Witness witness;

  /** Uses a folder that is deleted after the test. */
  KillIT(@TempDir Path dir) {
    this.dir = dir;
  }

  private void stop() throws IOException {
    boxes.forEach(KilledBox::close);
    if (witness != null) {
      witness.close();
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
          KillIT storm = new KillIT(Files.createDirectory(dir.resolve("seed-" + seed)));
          try {
            storm.everyRowIsReceivedOrDeclaredLost(seed, reporter);
          } finally {
            storm.stop();
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
    witness = new Witness(broker);
    for (int n = 1; n <= BOXES; n++) {
      boxes.add(box("sb-" + seed + "-" + n, random.split()));
    }
    Storm storm = new Storm(broker, folder.resolve("mosquitto.db"), witness, boxes, random.split());
    while (kills() < KILLS) {
      storm.step(time.tickMs());
      step();
    }
    storm.end();
    settle();
    reporter.publishEntry(
        "seed " + seed,
        "%d kills, %d faults of the broker, %d rows, %d of them lost by the broker for the durable session, %d ms"
            .formatted(
                kills(), storm.faults(), witness.rows(), witness.lostByBroker(), time.tickMs()));
  }

  /** Every box lives until all that its dead boots left is sent, then ends as it should. */
  private void settle() throws IOException {
    boxes.forEach(KilledBox::spare);
    for (int life = 0; life == 0 || (life < LAST_LIVES && anyUnsent()); life++) {
      await(
          () -> {
            step();
            return complaints().isEmpty() && allOnline();
          });
      for (KilledBox box : boxes) {
        box.terminate();
      }
    }
    await(
        () -> {
          witness.take();
          return complaints().isEmpty();
        });
    assertFalse(anyUnsent());
    assertEquals(List.of(), witness.open());
    assertEquals(List.of(), witness.conflicts());
  }

  /** What a box could not send before it ended is not lost: its next life sends it. */
  private boolean anyUnsent() throws IOException {
    boolean unsent = false;
    for (KilledBox box : boxes) {
      unsent |= box.judge().hasUnsent();
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
      throw new AssertionError(e.getMessage() + "\n" + String.join("\n", complaints()), e);
    }
  }

  private void step() throws IOException {
    for (KilledBox box : boxes) {
      box.step(time.tickMs());
    }
    witness.take();
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
    StoreJudge judge = new StoreJudge(id, folder.resolve("data"), copy, witness);
    return new KilledBox(folder, random, judge);
  }

  private List<String> complaints() {
    return boxes.stream().flatMap(box -> box.judge().complaints().stream()).toList();
  }

  private int kills() {
    return boxes.stream().mapToInt(KilledBox::kills).sum();
  }
}
