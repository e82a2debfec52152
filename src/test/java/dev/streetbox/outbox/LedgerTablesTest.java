package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.Seeds;
import dev.streetbox.measure.Range;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTablesTest {
  private static final int BOOT = 7;
  private static final int ROWS = 60;

  @TempDir private Path folder;

  private static void change(RowFates fates, Random random) {
    long first = 1L + random.nextInt(ROWS);
    long last = first + random.nextInt(4);
    switch (random.nextInt(4)) {
      case 0, 1 -> fates.acknowledge(first, last);
      case 2 ->
          fates.drop(first, last, random.nextBoolean() ? Reason.STORE_FULL : Reason.STORE_FAILED);
      default -> {
        List<Drop> drops = fates.undeclared();
        if (!drops.isEmpty()) {
          fates.markDeclared(drops.get(random.nextInt(drops.size())));
        }
      }
    }
  }

  private static List<FateSpan> sorted(List<FateSpan> spans) {
    List<FateSpan> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingLong(span -> span.range().first()));
    return sorted;
  }

  @Test
  void afterEachCommitTheStoreHasTheFatesOfTheLedger() throws Exception {
    Seeds.each(
        20,
        seed -> {
          Random random = new Random(seed);
          Path file = Files.createTempFile(folder, "seed", ".db");
          Files.delete(file);
          try (Connection connection = Sqlite.write(file)) {
            Sqlite.run(connection, "PRAGMA synchronous = OFF");
            Sqlite.run(connection, "PRAGMA journal_mode = MEMORY");
            new Schema().apply(connection);
            Ledger ledger = new Ledger(BOOT);
            ledger.extendTo(ROWS + 4);
            for (int commit = 0; commit < 60; commit++) {
              for (int i = random.nextInt(5); i >= 0; i--) {
                change(ledger.fates(), random);
              }
              LedgerChanges changes = ledger.unsaved();
              boolean isMeanwhile = random.nextInt(4) == 0;
              if (isMeanwhile) {
                change(ledger.fates(), random);
              }
              LedgerTables.save(connection, changes);
              ledger.markSaved(changes);
              if (!isMeanwhile) {
                Ledger stored = LedgerTables.ledgers(connection).get(BOOT);
                assertEquals(
                    sorted(ledger.fates().spans()), sorted(stored.fates().spans()), "" + commit);
              }
            }
          }
        });
  }

  /** Counts what a commit replaces, which must not grow with the number of ranges. */
  @Test
  void aChangeAmongTenThousandRangesReplacesItsNeighboursOnly() {
    Ledger ledger = new Ledger(BOOT);
    for (int i = 0; i < 10_000; i++) {
      ledger.restore(FateSpan.acknowledged(new Range(BOOT, 10L * i + 1, 10L * i + 5)));
    }
    ledger.fates().acknowledge(50_006, 50_007);
    LedgerChanges changes = ledger.unsaved();
    assertEquals(List.of(new Range(BOOT, 50_005, 50_008)), changes.areas());
    assertEquals(List.of(FateSpan.acknowledged(new Range(BOOT, 50_001, 50_007))), changes.spans());
    ledger.fates().acknowledge(60_006, 60_010);
    assertEquals(2, ledger.unsaved().areas().size());
    assertEquals(
        2, new HashSet<>(ledger.unsaved().spans()).size(), "one of the spans joins two of before");
    assertEquals(100_000 - 5 - 50_000 - 7, ledger.open());
  }
}
