package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.measure.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens in whatever order, over many boots: what was committed arrives, what was not is
 * declared, and no row is anything but what was measured.
 */
class OutboxModelTest {
  private static final int STEPS = 120;

  private final Path dir;

  /** Uses a folder that is deleted after the test. */
  OutboxModelTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private final Audit audit = new Audit();
  private final Map<Integer, Long> sampled = new TreeMap<>();
  private final Map<Integer, Long> committed = new TreeMap<>();
  private final List<Event> reports = new ArrayList<>();
  private SplittableRandom random;
  private Path data;
  private Rig rig;
  private boolean broken;

  @Test
  void everyRowArrivesOrIsDeclared() {
    Seeds.each(
        40,
        seed -> new OutboxModelTest(dir.resolve("seed-" + seed)).everyRowArrivesOrIsDeclared(seed));
  }

  private void everyRowArrivesOrIsDeclared(long seed) throws IOException {
    random = new SplittableRandom(seed);
    data = dir.resolve("data");
    rig = new Rig(data);
    for (int i = 0; i < STEPS; i++) {
      step();
      note();
    }
    repair();
    for (int i = 0; i < 3; i++) {
      commit();
    }
    audit.drain(rig.outbox);
    rig.committer.close();
    assertEquals(List.of(), audit.wrong());
    sampled.forEach(
        (boot, last) -> assertEquals(List.of(), audit.unexplained(boot, last), "boot " + boot));
    committed.forEach(
        (boot, last) -> assertEquals(List.of(), audit.missing(boot, last), "boot " + boot));
    assertTrue(audit.events().containsAll(reports), "durable reports arrive");
    try (StoreView view = StoreView.open(data)) {
      assertEquals(List.of(), view.check());
      view.accounts().forEach(storeAccount -> assertEquals(0, storeAccount.unexplained()));
    }
  }

  private void step() throws IOException {
    switch (random.nextInt(20)) {
      case 0 -> cut();
      case 1 -> restart();
      case 2 -> breakDisk();
      case 3, 4 -> repair();
      case 5, 6, 7 -> send(Optional.of(live()).filter(range -> rig.outbox.newest() > 0));
      case 8, 9, 10, 11 ->
          send(rig.outbox.nextBacklog(rig.outbox.newest(), List.of(), random.nextInt(1, 60)));
      case 12, 13, 14 -> commit();
      case 15 -> report();
      default -> rig.measure(random.nextInt(1, 40));
    }
  }

  private Range live() {
    long newest = Math.max(1, rig.outbox.newest());
    return new Range(rig.boot(), Math.max(1, newest - random.nextInt(8)), newest);
  }

  /** Half of the acknowledgements are lost on the way. */
  private void send(Optional<Range> range) throws IOException {
    if (range.isEmpty() || broken) {
      return;
    }
    Batch batch = rig.outbox.read(range.get());
    audit.take(batch);
    if (random.nextBoolean()) {
      rig.outbox.acknowledge(batch.range(), batch.drops());
    }
  }

  private void commit() {
    rig.commit();
    note();
  }

  private void report() {
    Event report = rig.outbox.append(Event.Kind.REPORT, rig.time.tickMs(), Map.of());
    rig.committer.cycle();
    if (!rig.outbox.commitQueue().hasUrgent()) {
      reports.add(report);
    }
  }

  /** What the outbox says is durable must be. */
  private void note() {
    Outbox.OutboxStatus outboxStatus = rig.outbox.status();
    sampled.put(rig.boot(), outboxStatus.newest());
    committed.put(rig.boot(), outboxStatus.newest() - outboxStatus.uncommitted());
  }

  private void cut() throws IOException {
    repair();
    data = Rig.copy(data, dir.resolve("data" + random.nextLong()));
    rig.vanish();
    rig = new Rig(data);
  }

  private void restart() throws IOException {
    repair();
    rig.committer.close();
    note();
    rig = new Rig(data);
  }

  private void breakDisk() throws IOException {
    if (!broken) {
      Files.move(data, data.resolveSibling("away"));
      Files.createFile(data);
      broken = true;
    }
  }

  private void repair() throws IOException {
    if (broken) {
      Files.delete(data);
      Files.move(data.resolveSibling("away"), data);
      broken = false;
    }
  }
}
