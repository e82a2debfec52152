package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.datadir.ClockFile;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {
  @TempDir private Path dir;

  private Path data() {
    return dir.resolve("data");
  }

  @Test
  void rowsAreCommittedInGroupsAndEventsAtOnce() throws IOException {
    Rig rig = new Rig(data());
    rig.committer.cycle();
    rig.measure(9);
    rig.committer.cycle();
    assertEquals(9, rig.outbox.status().uncommitted());
    rig.outbox.append(Event.Kind.REPORT, 9000, Map.of("text", "hole"));
    assertEquals(Duration.ofSeconds(1), rig.committer.cycle());
    assertEquals(0, rig.outbox.status().uncommitted());
    rig.measure(10);
    rig.committer.cycle();
    assertEquals(0, rig.outbox.status().uncommitted());
    rig.committer.close();
    assertEquals(19, view(data()).get(0).stored());
  }

  @Test
  void aRequestedCommitTakesEverythingAtOnceAndHappensOnce() throws IOException {
    Rig rig = new Rig(data());
    rig.committer.cycle();
    rig.measure(9);
    rig.committer.request();
    rig.committer.cycle();
    assertEquals(0, rig.outbox.status().uncommitted());
    rig.measure(1);
    rig.committer.cycle();
    assertEquals(1, rig.outbox.status().uncommitted());
    rig.committer.close();
  }

  @Test
  void aBootThatEndsAsItShouldLosesNothing() throws IOException {
    Rig first = new Rig(data());
    first.measure(17);
    first.committer.close();
    Rig second = new Rig(data());
    second.commit();
    assertEquals(Optional.empty(), second.outbox.nextEvent(List.of()));
    assertEquals(
        new StoreAccount(1, 17, 17, 0, List.of(), OptionalLong.empty(), 0), view(data()).get(0));
  }

  @Test
  void whatAPowerCutTookIsDeclaredOnceByTheNextBoot() throws IOException {
    Rig first = new Rig(data());
    first.measure(20);
    first.commit();
    first.measure(7);
    Path cut = Rig.copy(data(), dir.resolve("cut"));
    Rig second = new Rig(cut);
    second.commit();
    Event loss = second.outbox.nextEvent(List.of()).orElseThrow();
    assertEquals(Event.Kind.LOSS, loss.kind());
    assertEquals(Map.of("lost_boot", 1L, "first", 21L, "reason", "power_cut"), loss.body());
    assertEquals(Optional.empty(), second.outbox.nextEvent(List.of(loss)));
    second.outbox.acknowledge(loss);
    second.committer.close();
    Rig third = new Rig(cut);
    third.commit();
    assertEquals(Optional.empty(), third.outbox.nextEvent(List.of()));
    assertEquals(OptionalLong.of(21), view(cut).get(0).lostFrom());
  }

  private static Map<String, Object> onlyLoss(Rig rig) throws IOException {
    rig.commit();
    return rig.outbox.nextEvent(List.of()).orElseThrow().body();
  }

  private Rig underKernel(Path dataDir, String kernel) {
    return new Rig(
        new StoreSettings(dataDir, Rig.PERIOD, Rig.MAX_BYTES, Duration.ofDays(7)), 7200, kernel);
  }

  @Test
  void aBootThatWasKilledWhileTheKernelRanOnIsNotCalledAPowerCut() throws IOException {
    Rig first = underKernel(data(), "aaaa-1");
    first.measure(20);
    first.commit();
    first.measure(7);
    Path killed = Rig.copy(data(), dir.resolve("killed"));
    Path cut = Rig.copy(data(), dir.resolve("cut"));
    assertEquals(
        Map.of("lost_boot", 1L, "first", 21L, "reason", "process_killed"),
        onlyLoss(underKernel(killed, "aaaa-1")));
    assertEquals(
        Map.of("lost_boot", 1L, "first", 21L, "reason", "power_cut"),
        onlyLoss(underKernel(cut, "bbbb-2")));
  }

  @Test
  void aBootThatEndedInOrderWhileTheStoreFailedLostItsRowsToTheStore() throws IOException {
    Rig first = underKernel(data(), "aaaa-1");
    Path inTheWay = Files.createDirectory(data().resolve("outbox.db"));
    first.measure(20);
    first.committer.close();
    Files.delete(inTheWay);
    assertEquals(
        Map.of("lost_boot", 1L, "first", 1L, "reason", "store_failed"),
        onlyLoss(underKernel(data(), "bbbb-2")));
  }

  @Test
  void aBootThatWasCutBeforeItsFirstCommitIsDeclaredAsAWhole() throws IOException {
    new Rig(data()).committer.close();
    new Rig(data()).measure(3);
    new Rig(data()).measure(2);
    Rig fourth = new Rig(data());
    fourth.commit();
    Event second = fourth.outbox.nextEvent(List.of()).orElseThrow();
    Event third = fourth.outbox.nextEvent(List.of(second)).orElseThrow();
    assertEquals(Map.of("lost_boot", 2L, "first", 1L, "reason", "power_cut"), second.body());
    assertEquals(Map.of("lost_boot", 3L, "first", 1L, "reason", "power_cut"), third.body());
    assertEquals(Optional.empty(), fourth.outbox.nextEvent(List.of(second, third)));
  }

  @Test
  void whatTheBrokerHasIsNotSentAgainAfterAnOrderlyEnd() throws IOException {
    Rig first = new Rig(data());
    first.measure(50);
    first.outbox.acknowledge(new Range(1, 1, 20), List.of());
    first.outbox.acknowledge(new Range(1, 31, 35), List.of());
    first.committer.close();
    Rig second = new Rig(data());
    second.commit();
    assertEquals(Optional.of(new Range(1, 21, 30)), second.outbox.nextBacklog(0, List.of(), 100));
    second.outbox.acknowledge(new Range(1, 21, 30), List.of());
    assertEquals(Optional.of(new Range(1, 36, 50)), second.outbox.nextBacklog(0, List.of(), 100));
  }

  @Test
  void aFolderThatCannotBeWrittenIsAFaultThatHealsAndNothingIsLost() throws IOException {
    Rig rig = new Rig(data());
    rig.measure(5);
    rig.commit();
    Path away = Files.move(data(), dir.resolve("away"));
    Files.createFile(data());
    for (int i = 0; i < 3; i++) {
      rig.measure(10);
      rig.commit();
    }
    assertTrue(rig.troubles().get(0).contains("data cannot be made"), rig.troubles().get(0));
    assertEquals(30, rig.outbox.status().uncommitted());
    assertEquals(10, rig.outbox.read(new Range(1, 26, 35)).rows().size());
    Files.delete(data());
    Files.move(away, data());
    rig.commit();
    assertEquals(List.of(), rig.troubles());
    assertEquals(List.of(Rig.row(1, 1), Rig.row(1, 2)), rig.outbox.read(new Range(1, 1, 2)).rows());
    rig.committer.close();
    assertEquals(
        new StoreAccount(1, 35, 35, 0, List.of(), OptionalLong.empty(), 0), view(data()).get(0));
  }

  @Test
  void aStoreThatWasRemovedIsBegunAnewWithWhatMemoryHas() throws IOException {
    Rig rig = new Rig(data());
    rig.measure(50);
    rig.commit();
    rig.measure(50);
    rig.commit();
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.delete(data().resolve(StoreFile.NAME + suffix));
    }
    rig.measure(10);
    rig.commit();
    assertTrue(rig.troubles().get(0).contains("was removed"), rig.troubles().toString());
    rig.commit();
    assertTrue(rig.troubles().get(0).contains("declared as dropped"), rig.troubles().toString());
    rig.commit();
    assertEquals(List.of(), rig.troubles());
    // The rig keeps 20 durable rows in memory: 81 to 100, and 10 that were not committed.
    Drop drop = new Drop(new Range(1, 1, 90), Reason.STORE_DAMAGED);
    assertEquals(List.of(drop), rig.outbox.read(new Range(1, 100, 110)).drops());
    rig.committer.close();
    assertEquals(
        new StoreAccount(1, 110, 20, 0, List.of(drop), OptionalLong.empty(), 0),
        view(data()).get(0));
  }

  @Test
  void afterTwoHoursWithoutADiskTheOldestRowsAreDeclaredAndTheRestIsKept() throws IOException {
    Files.createFile(data());
    Rig rig = new Rig(data());
    assertTrue(rig.boot() >= BootFile.FIRST_DRAWN);
    for (int i = 0; i < 730; i++) {
      rig.measure(10);
      rig.committer.cycle();
    }
    assertEquals(100, rig.outbox.status().dropped());
    Files.delete(data());
    rig.commit();
    rig.committer.close();
    Drop drop = new Drop(new Range(rig.boot(), 1, 100), Reason.STORE_FAILED);
    assertEquals(
        new StoreAccount(rig.boot(), 7300, 7200, 0, List.of(drop), OptionalLong.empty(), 0),
        view(data()).get(0));
  }

  @Test
  void anInterruptedThreadStillCommitsItsLastRows() throws IOException {
    Rig rig = new Rig(data());
    rig.measure(5);
    rig.commit();
    rig.measure(5);
    Thread.currentThread().interrupt();
    rig.commit();
    rig.committer.close();
    assertTrue(Thread.interrupted());
    assertEquals(List.of(), rig.faults.list());
    assertEquals(
        new StoreAccount(1, 10, 10, 0, List.of(), OptionalLong.empty(), 0), view(data()).get(0));
  }

  @Test
  void theLogKeepsItsSize() throws IOException {
    Rig rig = new Rig(data());
    Path log = data().resolve(StoreFile.NAME + "-wal");
    rig.committer.cycle();
    assertEquals(Rig.LOG_BYTES, Files.size(log));
    rig.measure(7000);
    rig.commit();
    assertTrue(Files.size(log) > Rig.LOG_BYTES);
    rig.measure(10);
    rig.commit();
    assertEquals(Rig.LOG_BYTES, Files.size(log));
  }

  @Test
  void aReaderThatDoesNotStopKeepsNobodyFromCommitting() throws Exception {
    Rig rig = new Rig(data());
    rig.measure(10);
    rig.commit();
    Connection reader = Sqlite.read(data().resolve(StoreFile.NAME));
    Sqlite.run(reader, "BEGIN");
    assertEquals(1, Sqlite.number(reader, "SELECT count(*) FROM chunk"));
    for (int i = 0; i < 10; i++) {
      rig.measure(1000);
      rig.commit();
    }
    assertEquals(0, rig.outbox.status().uncommitted());
    assertEquals(List.of(), rig.troubles());
    assertEquals(1, Sqlite.number(reader, "SELECT count(*) FROM chunk"));
    Sqlite.close(reader);
    assertEquals(10_010, view(data()).get(0).stored());
  }

  @Test
  void aStoreThatSomebodyLocksIsAFaultThatHeals() throws Exception {
    Rig rig = new Rig(data());
    rig.commit();
    Connection other = Sqlite.write(data().resolve(StoreFile.NAME));
    Sqlite.run(other, "BEGIN IMMEDIATE");
    rig.measure(10);
    rig.commit();
    assertTrue(rig.troubles().get(0).contains("is locked by another program"));
    assertEquals(10, rig.outbox.status().uncommitted());
    Sqlite.close(other);
    rig.commit();
    assertEquals(List.of(), rig.troubles());
    assertEquals(0, rig.outbox.status().uncommitted());
  }

  @Test
  void whileTheIdsCannotBeReadStoredRowsWaitAndTheStoreStaysWhereItIs() throws IOException {
    Rig first = new Rig(data());
    first.measure(20);
    first.committer.close();
    Files.writeString(data().resolve("ids"), "no ids\n");
    Rig second = new Rig(data());
    BoxIds ids = BoxIds.unread(data(), "sb-b", second.boot());
    Committer committer =
        new Committer(second.settings, second.outbox, ids, second.time, second.faults);
    committer.cycle();
    assertEquals(Optional.empty(), second.outbox.nextBacklog(0, List.of(), 100));
    assertTrue(second.troubles().get(0).contains("ids is damaged"), second.troubles().toString());
    Files.writeString(data().resolve("ids"), "1 sb-a\n");
    second.time.pass(Rig.PERIOD);
    committer.cycle();
    assertEquals(List.of(), second.troubles());
    assertEquals("sb-a", ids.of(1));
    assertEquals(Optional.of(new Range(1, 1, 20)), second.outbox.nextBacklog(0, List.of(), 100));
  }

  @Test
  void aBrokenDiskIsTriedOnceInACommitPeriodAlsoForAnEvent() throws IOException {
    Files.createFile(data());
    Rig rig = new Rig(data());
    long before = rig.faults.list().size();
    rig.outbox.append(Event.Kind.REPORT, 0, Map.of());
    for (int second = 0; second < 10; second++) {
      rig.committer.cycle();
      rig.time.pass(Duration.ofSeconds(1));
    }
    assertEquals(before + 1, rig.faults.list().size());
    assertEquals(1, storeFault(rig).count());
    rig.committer.cycle();
    assertEquals(2, storeFault(rig).count());
  }

  private static Faults.Fault storeFault(Rig rig) {
    return rig.faults.list().stream()
        .filter(fault -> fault.place().equals("store"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFirstCommitThatFailsMakesNoEarlierRowALoss() throws Exception {
    Rig first = new Rig(data());
    first.measure(20);
    first.committer.close();
    Rig second = new Rig(data());
    second.measure(5);
    Connection other = Sqlite.write(data().resolve(StoreFile.NAME));
    Sqlite.run(other, "BEGIN IMMEDIATE");
    second.commit();
    assertEquals(1, second.troubles().size());
    Sqlite.close(other);
    second.commit();
    assertEquals(List.of(), second.troubles());
    assertEquals(0, second.outbox.status().dropped());
    assertEquals(25, second.outbox.status().unacknowledged());
  }

  @Test
  void theLastRowsReachANewStoreIfTheOldOneIsGoneAtTheEnd() throws IOException {
    Rig rig = new Rig(data());
    rig.measure(10);
    rig.commit();
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.delete(data().resolve(StoreFile.NAME + suffix));
    }
    rig.measure(7);
    rig.committer.close();
    assertEquals(17, view(data()).get(0).stored());
  }

  @Test
  void afterADamagedStoreIsSetAsideTheNextRoundCommits() throws IOException {
    Rig rig = new Rig(data());
    Files.writeString(data().resolve(StoreFile.NAME), "not a store ".repeat(100));
    rig.measure(3);
    rig.committer.cycle();
    assertEquals(3, rig.outbox.status().uncommitted());
    rig.committer.cycle();
    assertEquals(0, rig.outbox.status().uncommitted());
  }

  @Test
  void theTimeOfATrustedClockIsKeptBesideTheStoreAndAnEstimateIsNot() throws IOException {
    Rig rig = new Rig(data());
    rig.commit();
    OptionalLong first = ClockFile.read(data());
    assertEquals(OptionalLong.of(rig.outbox.timeline(1).startMs()), first);
    rig.outbox.append(new Anchor(1, 20_000, first.getAsLong() + 99_000, TimeSource.EST, 0));
    rig.commit();
    assertEquals(first, ClockFile.read(data()));
    rig.outbox.append(new Anchor(1, 30_000, first.getAsLong() + 30_000, TimeSource.GNSS, 0));
    rig.outbox.append(new Anchor(1, 40_000, first.getAsLong() + 40_000, TimeSource.GNSS, 0));
    rig.commit();
    assertEquals(OptionalLong.of(first.getAsLong() + 40_000), ClockFile.read(data()));
  }

  @Test
  void aLogThatAReaderLetsGrowIsAFault() throws Exception {
    Rig rig = new Rig(data());
    rig.commit();
    Files.write(data().resolve(StoreFile.NAME + "-wal"), new byte[(16 << 20) + 1]);
    rig.measure(1);
    rig.commit();
    assertTrue(rig.troubles().get(0).startsWith("the log grows"), rig.troubles().toString());
  }

  @Test
  void bootsOfADamagedStoreAreDeclaredAsDamagedAndNotAsCut() throws IOException {
    Rig first = new Rig(data());
    first.measure(20);
    first.committer.close();
    Files.writeString(data().resolve(StoreFile.NAME), "not a store ".repeat(100));
    Rig second = new Rig(data());
    second.commit();
    second.commit();
    Event loss = second.outbox.nextEvent(List.of()).orElseThrow();
    assertEquals(Map.of("lost_boot", 1L, "first", 1L, "reason", "store_damaged"), loss.body());
  }

  @Test
  void aStoreThatHasRowsOfTheRunningBootIsNotItsOwn() throws IOException {
    Rig first = new Rig(data());
    first.measure(20);
    first.committer.close();
    Files.writeString(data().resolve("boot"), "0 1\n");
    Outbox outbox = new Outbox(1, data());
    outbox.append(new Anchor(1, 0, 0, TimeSource.EST, 0));
    outbox.append(Rig.row(1, 1));
    Committer committer = new Committer(first.settings, outbox, first.time, first.faults);
    committer.cycle();
    assertEquals(
        List.of("the store has a boot 1 already"),
        first.faults.list().stream().map(Faults.Fault::text).toList());
    committer.cycle();
    committer.close();
    assertEquals(1, view(data()).get(0).stored());
    assertTrue(Files.exists(data().resolve(StoreFile.NAME + ".damaged-1")));
  }

  @Test
  void onlyTheBoxItselfReadsItsFiles() throws IOException {
    Rig rig = new Rig(data());
    rig.measure(1);
    rig.commit();
    assertEquals("rwx------", permissions(data()));
    try (var files = Files.list(data())) {
      for (Path file : files.toList()) {
        assertEquals("rw-------", permissions(file), file.toString());
      }
    }
  }

  @Test
  void othersReadWhileItIsWritten() throws IOException {
    Rig rig = new Rig(data());
    rig.committer.cycle();
    try (StoreView view = StoreView.open(data())) {
      for (int i = 1; i <= 20; i++) {
        rig.measure(10);
        rig.commit();
        assertEquals(10L * i, view.accounts().get(0).stored());
      }
      assertEquals(
          LongStream.rangeClosed(1, 200).mapToObj(seq -> Rig.row(1, seq)).toList(),
          view.rows(new Range(1, 1, 500)));
      assertEquals(List.of(), view.check());
    }
    assertFalse(rig.troubles().size() > 0);
  }

  private static List<StoreAccount> view(Path dataDir) throws IOException {
    try (StoreView view = StoreView.open(dataDir)) {
      assertEquals(List.of(), view.check());
      return view.accounts();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
