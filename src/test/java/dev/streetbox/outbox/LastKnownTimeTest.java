package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.ClockFile;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a box knows of the time while it begins; a boot here has 100 rows, a second each. */
class LastKnownTimeTest {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long MORNING_MS = 1_795_420_800_000L;
  private static final long UNSAVED_MS = 10_000;

  @TempDir private Path dir;

  private void boot(int boot, TimeSource source, long startMs, BootState end) throws IOException {
    Ledger ledger = new Ledger(boot);
    ledger.add(new Anchor(boot, 0, startMs, source, 0));
    ledger.state(end);
    ledger.extendTo(100);
    LedgerChanges changes = ledger.unsaved();
    Store store = new Store(dir);
    store.open();
    store.write(new Commit(List.of(), List.of(changes), List.of(), List.of()), Removal.NONE);
    store.close();
  }

  @Test
  void aNewBoxKnowsNothing() {
    assertEquals(new LastKnownTime(0, 0), LastKnownTime.of(dir));
  }

  @Test
  void theEndOfTheLastBootIsKnownByItsClock() throws IOException {
    boot(1, TimeSource.GNSS, MORNING_MS, BootState.ENDED);
    assertEquals(
        new LastKnownTime(MORNING_MS + 100_000, MORNING_MS + 100_000), LastKnownTime.of(dir));
  }

  @Test
  void aBootThatWasCutMayHaveGoneOnForTenSeconds() throws IOException {
    boot(1, TimeSource.NTP, MORNING_MS, BootState.CUT);
    assertEquals(
        new LastKnownTime(MORNING_MS + 100_000, MORNING_MS + 100_000 + UNSAVED_MS),
        LastKnownTime.of(dir));
  }

  @Test
  void aBootWithoutAClockPassedAfterTheOneThatHadOne() throws IOException {
    boot(1, TimeSource.GNSS, MORNING_MS, BootState.ENDED);
    boot(2, TimeSource.EST, MORNING_MS + DAY_MS, BootState.ENDED);
    assertEquals(
        new LastKnownTime(MORNING_MS + 200_000, MORNING_MS + DAY_MS + 100_000),
        LastKnownTime.of(dir));
  }

  @Test
  void theLastWordCountsAlsoIfItIsEarlier() throws IOException {
    boot(1, TimeSource.NTP, MORNING_MS + 300 * DAY_MS, BootState.ENDED);
    boot(2, TimeSource.GNSS, MORNING_MS, BootState.ENDED);
    assertEquals(
        new LastKnownTime(MORNING_MS + 100_000, MORNING_MS + 100_000), LastKnownTime.of(dir));
  }

  @Test
  void estimatesAloneAreNoBelief() throws IOException {
    boot(1, TimeSource.EST, MORNING_MS, BootState.ENDED);
    assertEquals(new LastKnownTime(0, MORNING_MS + 100_000), LastKnownTime.of(dir));
    ClockFile.write(dir, MORNING_MS - DAY_MS);
    assertEquals(
        new LastKnownTime(MORNING_MS - DAY_MS, MORNING_MS + 100_000), LastKnownTime.of(dir));
    ClockFile.write(dir, MORNING_MS + DAY_MS);
    assertEquals(
        new LastKnownTime(MORNING_MS + DAY_MS, MORNING_MS + DAY_MS), LastKnownTime.of(dir));
  }

  @Test
  void theStoreKnowsBetterThanTheFileBesideIt() throws IOException {
    ClockFile.write(dir, MORNING_MS + DAY_MS);
    boot(1, TimeSource.GNSS, MORNING_MS, BootState.ENDED);
    assertEquals(
        new LastKnownTime(MORNING_MS + 100_000, MORNING_MS + 100_000), LastKnownTime.of(dir));
  }

  @Test
  void withADamagedStoreTheFileTells() throws IOException {
    ClockFile.write(dir, MORNING_MS);
    Files.writeString(dir.resolve(StoreFile.NAME), "not a store ".repeat(100));
    assertEquals(new LastKnownTime(MORNING_MS, MORNING_MS), LastKnownTime.of(dir));
  }

  @Test
  void bootsWhoseNumberWasDrawnTellNothing() throws IOException {
    boot(1, TimeSource.GNSS, MORNING_MS, BootState.ENDED);
    boot(BootFile.FIRST_DRAWN, TimeSource.GNSS, MORNING_MS + DAY_MS, BootState.ENDED);
    assertEquals(
        new LastKnownTime(MORNING_MS + 100_000, MORNING_MS + 100_000), LastKnownTime.of(dir));
  }
}
