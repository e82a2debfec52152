package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrimTest {
  private static final long SMALL = Rig.LOG_BYTES + 300_000;

  @TempDir private Path dir;

  private Rig rig(long maxBytes, Duration keep) {
    return new Rig(new StoreSettings(dir, Rig.PERIOD, maxBytes, keep), 7200);
  }

  @Test
  void aFullStoreDropsTheOldestAndStaysWithinItsLimit() throws IOException {
    Rig rig = rig(SMALL, Duration.ofDays(7));
    run(rig, 400, 60);
    assertTrue(bytes() <= SMALL + 64_000, bytes() + " bytes");
    Batch batch = rig.outbox.read(new Range(1, rig.outbox.newest(), rig.outbox.newest()));
    assertEquals(1, batch.drops().size());
    Drop drop = batch.drops().get(0);
    assertEquals(Reason.STORE_FULL, drop.reason());
    assertEquals(1, drop.range().first());
    assertEquals(
        Optional.of(drop.range().last() + 1),
        rig.outbox.nextBacklog(rig.outbox.newest(), List.of(), 10).map(Range::first));
    assertTrue(
        rig.outbox.newest() - drop.range().last() > 8000,
        () -> "kept " + (rig.outbox.newest() - drop.range().last()));
    theAccountCloses();
  }

  @Test
  void acknowledgedRowsGoBeforeOlderOnesThatAreNot() throws IOException {
    Rig rig = rig(SMALL, Duration.ofDays(7));
    run(rig, 10, 60);
    rig.outbox.acknowledge(new Range(1, 301, 600), List.of());
    while (rig.outbox.status().dropped() == 0) {
      run(rig, 1, 60);
    }
    try (StoreView view = StoreView.open(dir)) {
      assertEquals(List.of(), view.rows(new Range(1, 301, 600)));
    }
    theAccountCloses();
  }

  @Test
  void aDropOfTheRunningBootIsToldByABatch() throws IOException {
    Rig rig = rig(SMALL, Duration.ofDays(7));
    run(rig, 300, 60);
    Audit audit = new Audit();
    audit.drain(rig.outbox);
    assertEquals(List.of(), audit.unexplained(1, rig.outbox.newest()));
    assertTrue(audit.missing(1, rig.outbox.newest()).size() > 0);
    assertEquals(List.of(), audit.events());
    assertEquals(List.of(), rig.outbox.read(new Range(1, 1, 1)).drops());
  }

  @Test
  void aDropOfABootWithNothingLeftToSendIsToldByAnEvent() throws IOException {
    Rig first = rig(SMALL, Duration.ofDays(7));
    run(first, 5, 60);
    first.committer.close();
    Rig second = rig(SMALL, Duration.ofDays(7));
    run(second, 400, 60);
    Event loss = second.outbox.nextEvent(List.of()).orElseThrow();
    assertEquals(
        Map.of("lost_boot", 1L, "first", 1L, "last", 300L, "reason", "store_full"), loss.body());
    assertEquals(Optional.empty(), second.outbox.nextEvent(List.of(loss)));
    theAccountCloses();
  }

  @Test
  void rowsThatTheBrokerHasHadForLongEnoughGo() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ofHours(2));
    for (int i = 0; i < 5; i++) {
      run(rig, 60, 60);
      rig.outbox.acknowledge(new Range(1, 1, rig.outbox.newest() - 600), List.of());
    }
    try (StoreView view = StoreView.open(dir)) {
      long oldest = view.rows(new Range(1, 1, 40_000)).get(0).seq();
      assertTrue(oldest > 5000 && oldest <= rig.outbox.newest() - 7200, "oldest row " + oldest);
    }
    theAccountCloses();
  }

  @Test
  void bootsOfWhichNothingIsLeftAreForgottenOnceTheBackendKnows() throws IOException {
    Rig first = rig(Rig.MAX_BYTES, Duration.ofHours(1));
    run(first, 2, 60);
    first.outbox.acknowledge(new Range(1, 1, 120), List.of());
    first.committer.close();
    Rig second = rig(Rig.MAX_BYTES, Duration.ofHours(1));
    second.time.pass(Duration.ofHours(1));
    run(second, 130, 60);
    try (StoreView view = StoreView.open(dir)) {
      assertEquals(List.of(2), view.accounts().stream().map(Account::boot).toList());
    }
  }

  @Test
  void theLimitFollowsTheDiskButNeverBelowAnHourOfRows() {
    long mega = 1L << 20;
    assertEquals(2048 * mega - 65_536, Trim.limitBytes(2048 * mega, 10 * mega, 99_999 * mega));
    assertEquals(78 * mega - 65_536, Trim.limitBytes(2048 * mega, 10 * mega, 100 * mega));
    assertEquals(10 * mega - 65_536, Trim.limitBytes(2048 * mega, 10 * mega, 5 * mega));
    assertEquals(mega - 65_536, Trim.limitBytes(2048 * mega, 0, 0));
  }

  private static void run(Rig rig, int commits, int rows) {
    for (int i = 0; i < commits; i++) {
      rig.measure(rows);
      rig.committer.cycle();
    }
    assertEquals(List.of(), rig.troubles());
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (String suffix : List.of("", "-wal")) {
      bytes += Files.size(dir.resolve(StoreFile.NAME + suffix));
    }
    return bytes;
  }

  private void theAccountCloses() throws IOException {
    try (StoreView view = StoreView.open(dir)) {
      assertEquals(List.of(), view.check());
      for (Account account : view.accounts()) {
        assertEquals(0, account.unexplained(), account.toString());
      }
    }
  }
}
