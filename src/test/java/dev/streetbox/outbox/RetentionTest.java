package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
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
      assertEquals(List.of(2), view.accounts().stream().map(StoreAccount::boot).toList());
    }
  }

  @Test
  void theLimitFollowsTheDiskButNeverBelowAnHourOfRows() {
    long mega = 1L << 20;
    assertEquals(2048 * mega - 65_536, Retention.limitBytes(2048 * mega, 10 * mega, 99_999 * mega));
    assertEquals(78 * mega - 65_536, Retention.limitBytes(2048 * mega, 10 * mega, 100 * mega));
    assertEquals(10 * mega - 65_536, Retention.limitBytes(2048 * mega, 10 * mega, 5 * mega));
    assertEquals(mega - 65_536, Retention.limitBytes(2048 * mega, 0, 0));
  }

  @Test
  void theSlackIsAnEighthOfASmallStore() {
    long mega = 1L << 20;
    assertEquals(70_000, Retention.limitBytes(80_000, 0, 99_999 * mega));
    assertEquals(524_288 - 65_536, Retention.limitBytes(524_288, 0, 99_999 * mega));
    assertEquals(2 * mega - 65_536, Retention.limitBytes(9 * mega, 0, 34 * mega));
  }

  private static void settle(Rig rig, int rows) {
    run(rig, rows / 10, 10);
    rig.outbox.acknowledge(new Range(rig.boot(), 1, rows), List.of());
  }

  private List<Long> stored(int boot) throws IOException {
    try (StoreView view = StoreView.open(dir)) {
      return view.rows(new Range(boot, 1, 99_999)).stream().map(Row::seq).toList();
    }
  }

  @Test
  void withinTheFirstHourNothingExpires() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ZERO);
    settle(rig, 20);
    run(rig, 357, 10);
    assertEquals(1, stored(1).get(0));
    rig.outbox.acknowledge(new Range(1, 1, 1000), List.of());
    run(rig, 1, 10);
    assertEquals(1001, stored(1).get(0));
  }

  @Test
  void expiredRowsAreLookedForOnceAnHour() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ZERO);
    run(rig, 361, 10);
    rig.outbox.acknowledge(new Range(1, 1, 3600), List.of());
    run(rig, 350, 10);
    assertEquals(1, stored(1).get(0), "looked for at 3610 s, when nothing was settled");
    run(rig, 12, 10);
    assertEquals(3601, stored(1).get(0));
  }

  @Test
  void rowsYoungerThanTheyAreKeptStay() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ofMinutes(30));
    run(rig, 359, 10);
    rig.outbox.acknowledge(new Range(1, 1, 3580), List.of());
    // At 3600 s the chunk that ended at 1790 s is 1810 s old, the next one 1800 s: not older.
    run(rig, 1, 10);
    assertEquals(1791, stored(1).get(0));
  }

  @Test
  void rowsThatAreNotSettledNeverExpire() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ZERO);
    run(rig, 10, 10);
    rig.outbox.acknowledge(new Range(1, 1, 40), List.of());
    rig.outbox.acknowledge(new Range(1, 56, 100), List.of());
    rig.time.pass(Duration.ofHours(2));
    run(rig, 2, 10);
    assertEquals(41, stored(1).get(0));
    assertEquals(
        LongStream.rangeClosed(41, 60).boxed().toList(),
        stored(1).subList(0, 20),
        "the chunk of rows 51 to 60 is settled in part");
    assertEquals(101, stored(1).get(20));
  }

  @Test
  void whileTheTimeIsAGuessNothingExpires() throws IOException {
    Outbox outbox = new Outbox(1, dir);
    ScriptedTime time = new ScriptedTime();
    long utcMs = time.systemClock().toEpochMilli();
    outbox.append(new Anchor(1, 0, utcMs, TimeSource.EST, 0));
    StoreSettings settings = new StoreSettings(dir, Rig.PERIOD, Rig.MAX_BYTES, Duration.ZERO);
    Committer committer = new Committer(settings, outbox, time, new Faults());
    for (long seq = 1; seq <= 10; seq++) {
      outbox.append(Rig.row(1, seq));
    }
    committer.cycle();
    outbox.acknowledge(new Range(1, 1, 10), List.of());
    time.pass(Duration.ofHours(2));
    committer.cycle();
    assertEquals(10, stored(1).size());
    outbox.append(new Anchor(1, time.tickMs(), utcMs + time.tickMs(), TimeSource.NTP, 0));
    time.pass(Duration.ofHours(2));
    committer.cycle();
    assertEquals(List.of(), stored(1));
    committer.close();
  }

  @Test
  void manyExpiredRowsGoFewAtATimeButWithoutAnotherHour() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ZERO);
    settle(rig, 3000);
    rig.time.pass(Duration.ofHours(1));
    run(rig, 1, 10);
    assertEquals(2561, stored(1).get(0), "256 chunks of 10 rows went");
    run(rig, 1, 10);
    assertEquals(3001, stored(1).get(0));
  }

  @Test
  void aBootIsForgottenOnlyWithoutRowsAndInOrder() throws IOException {
    Rig first = rig(Rig.MAX_BYTES, Duration.ZERO);
    run(first, 1, 10);
    first.committer.close();
    Rig second = rig(Rig.MAX_BYTES, Duration.ZERO);
    settle(second, 10);
    second.committer.close();
    Rig third = rig(Rig.MAX_BYTES, Duration.ZERO);
    third.time.pass(Duration.ofHours(2));
    run(third, 2, 10);
    assertEquals(List.of(1, 2, 3), boots(), "of boot 1 ten rows are left to send");
    third.outbox.acknowledge(new Range(1, 1, 10), List.of());
    for (int hour = 0; hour < 3; hour++) {
      third.time.pass(Duration.ofHours(2));
      run(third, 1, 10);
    }
    assertEquals(List.of(3), boots());
    assertEquals(0, third.outbox.lastTickMs(1), "the outbox has forgotten it too");
  }

  private List<Integer> boots() throws IOException {
    try (StoreView view = StoreView.open(dir)) {
      return view.accounts().stream().map(StoreAccount::boot).toList();
    }
  }

  /** What goes from a store of 300 chunks that has so many bytes in use beyond its limit. */
  private Removal removal(Rig rig, long excess) throws IOException {
    Store store = new Store(dir, Rig.LOG_BYTES);
    store.open();
    long max = store.usedBytes() + 65_536 - excess;
    assertTrue(max / 8 >= 65_536, "a store too small for the whole slack: " + max);
    StoreSettings settings = new StoreSettings(dir, Rig.PERIOD, max, Duration.ofDays(7));
    Removal removal = new Retention(rig.outbox, store, settings, rig.time).next();
    store.close();
    return removal;
  }

  @Test
  void asManyChunksGoAsTheExcessTakesAndOneMore() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ofDays(7));
    run(rig, 300, 120);
    rig.outbox.acknowledge(new Range(1, 1, 36_000), List.of());
    assertEquals(Removal.NONE, removal(rig, -1));
    assertEquals(Removal.NONE, removal(rig, 0));
    assertEquals(List.of(new Range(1, 1, 120)), removal(rig, 1).chunks());
    assertEquals(1, removal(rig, 511).chunks().size());
    assertEquals(2, removal(rig, 512).chunks().size());
    assertEquals(256, removal(rig, 512 * 256).chunks().size());
    assertEquals(0, rig.outbox.status().dropped());
  }

  @Test
  void whereNothingIsSettledTheOldestChunksAreDroppedAndNoMoreThanThoseThatGo() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ofDays(7));
    run(rig, 300, 120);
    assertEquals(
        List.of(new Range(1, 1, 120), new Range(1, 121, 240)), removal(rig, 1000).chunks());
    assertEquals(
        List.of(new Drop(new Range(1, 1, 240), Reason.STORE_FULL)),
        rig.outbox.read(new Range(1, 36_000, 36_000)).drops());
  }

  @Test
  void settledChunksOfSeveralRangesGoTogetherAndNoMoreThanTheExcessTakes() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ofDays(7));
    run(rig, 300, 120);
    for (long chunk : new long[] {5, 50, 51, 100}) {
      rig.outbox.acknowledge(new Range(1, chunk * 120 + 1, chunk * 120 + 120), List.of());
    }
    assertEquals(
        List.of(new Range(1, 601, 720), new Range(1, 6001, 6120)), removal(rig, 512).chunks());
    assertEquals(4, removal(rig, 512 * 20).chunks().size(), "none that is still to be sent");
    assertEquals(0, rig.outbox.status().dropped());
  }

  @Test
  void expiredChunksOfSeveralRangesAreFewAtATimeTogether() throws IOException {
    Rig rig = rig(Rig.MAX_BYTES, Duration.ZERO);
    run(rig, 500, 10);
    rig.outbox.acknowledge(new Range(1, 1, 2000), List.of());
    rig.outbox.acknowledge(new Range(1, 2011, 4010), List.of());
    rig.time.pass(Duration.ofHours(2));
    run(rig, 1, 10);
    // 256 of 400: 200 of the first range, 56 of the second; 10 rows between them stay.
    assertEquals(5010 - 2560, stored(1).size());
    assertEquals(2001, stored(1).get(0));
    assertEquals(2571, stored(1).get(10));
  }

  @Test
  void aBootIsNotForgottenBeforeAnOlderOne() throws IOException {
    Rig first = rig(Rig.MAX_BYTES, Duration.ofDays(7));
    settle(first, 10);
    first.committer.close();
    rig(Rig.MAX_BYTES, Duration.ofDays(7)).committer.close();
    Rig third = rig(Rig.MAX_BYTES, Duration.ofDays(7));
    for (int hour = 0; hour < 3; hour++) {
      third.time.pass(Duration.ofHours(2));
      run(third, 1, 10);
    }
    assertEquals(List.of(1, 2, 3), boots(), "of boot 1 ten rows are kept, of boot 2 nothing");
  }

  @Test
  void aBootThatAnEventRefersToIsNotForgotten() throws IOException {
    Rig first = rig(Rig.MAX_BYTES, Duration.ZERO);
    Event report = first.outbox.append(Event.Kind.REPORT, 5, Map.of());
    first.committer.close();
    Rig second = rig(Rig.MAX_BYTES, Duration.ZERO);
    second.time.pass(Duration.ofHours(2));
    run(second, 1, 10);
    assertEquals(List.of(1, 2), boots());
    second.outbox.acknowledge(report);
    second.time.pass(Duration.ofHours(2));
    run(second, 1, 10);
    assertEquals(List.of(2), boots());
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
      for (StoreAccount storeAccount : view.accounts()) {
        assertEquals(0, storeAccount.unexplained(), storeAccount.toString());
      }
    }
  }
}
