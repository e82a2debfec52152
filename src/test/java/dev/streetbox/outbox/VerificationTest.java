package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code outbox verify} and {@code outbox stat} are told of real stores. */
class VerificationTest {
  /** Noon, when every {@link Rig} begins, in ms UTC. */
  private static final long NOON_MS = 1_795_435_200_000L;

  @TempDir private Path dir;

  /** Boot 1: 100 rows, over; boot 2: cut off after 30; boot 3: 20 rows so far. */
  private Rig threeBoots() {
    Rig first = new Rig(dir);
    for (int i = 0; i < 10; i++) {
      first.measure(10);
      first.commit();
    }
    first.outbox.acknowledge(new Range(1, 1, 20), List.of());
    first.outbox.acknowledge(new Range(1, 31, 40), List.of());
    first.outbox.drop(new Range(1, 51, 55), Reason.REFUSED);
    first.committer.close();
    Rig second = new Rig(dir);
    second.measure(30);
    second.commit();
    Rig third = new Rig(dir);
    third.measure(20);
    third.commit();
    return third;
  }

  private void edit(String sql) throws SQLException {
    try (Connection connection = Sqlite.write(dir.resolve(StoreFile.NAME))) {
      Sqlite.run(connection, sql);
    }
  }

  private Verification verify() throws IOException {
    return StoreView.verify(dir);
  }

  @Test
  void everyRowOfEveryBootHasItsFate() throws IOException {
    Rig running = threeBoots();
    Verification verification = verify();
    assertTrue(verification.isSound(), verification.toString());
    Drop refused = new Drop(new Range(1, 51, 55), Reason.REFUSED);
    assertEquals(
        List.of(
            new StoreAccount(1, 100, 100, 30, List.of(refused), OptionalLong.empty(), 0),
            new StoreAccount(2, 30, 30, 0, List.of(), OptionalLong.of(31), 0),
            new StoreAccount(3, 20, 20, 0, List.of(), OptionalLong.empty(), 0)),
        verification.accounts());
    assertEquals(List.of(3), verification.open());
    running.committer.close();
    assertEquals(List.of(), verify().open());
  }

  @Test
  void aBootThatWasCountedAndHasStoredNothingYetIsOpen() throws IOException {
    threeBoots().committer.close();
    Rig fourth = new Rig(dir);
    fourth.measure(3);
    assertEquals(List.of(4), verify().open());
  }

  @Test
  void rowsThatVanishedAreUnexplained() throws Exception {
    threeBoots().committer.close();
    edit("DELETE FROM chunk WHERE id = " + Chunk.id(1, 61));
    edit("DELETE FROM chunk WHERE id = " + Chunk.id(1, 1));
    Verification verification = verify();
    assertFalse(verification.isSound());
    assertEquals(List.of(), verification.corruption());
    assertEquals(List.of(new Range(1, 61, 70)), verification.unexplained());
    assertEquals(10, verification.accounts().get(0).unexplained());
  }

  @Test
  void rowsThatCannotBeUnpackedAreDamagedAndUnexplained() throws Exception {
    threeBoots().committer.close();
    edit("UPDATE chunk SET rows = x'0102' WHERE id = " + Chunk.id(1, 61));
    Verification verification = verify();
    assertEquals(1, verification.corruption().size(), verification.toString());
    assertTrue(
        verification.corruption().get(0).startsWith("chunk 1/61: "), verification.toString());
    assertEquals(List.of(new Range(1, 61, 70)), verification.unexplained());
  }

  @Test
  void aKeyThatContradictsItsRowsAndABootThatNobodyKnowsAreDamage() throws Exception {
    threeBoots().committer.close();
    edit("UPDATE chunk SET count = 9 WHERE id = " + Chunk.id(1, 61));
    edit("UPDATE chunk SET tick = 9 WHERE id = " + Chunk.id(1, 71));
    for (String table : List.of("boot", "span", "anchor")) {
      edit("DELETE FROM " + table + " WHERE boot = 3");
    }
    assertEquals(
        List.of(
            "chunk 1/61: its key and its rows differ",
            "chunk 1/71: its key and its rows differ",
            "chunk 3/1: its boot has no ledger"),
        verify().corruption());
  }

  @Test
  void aLedgerThatWasAlteredIsNotBelieved() throws Exception {
    threeBoots().committer.close();
    edit("UPDATE span SET last = 100 WHERE boot = 1 AND first = 1");
    Verification verification = verify();
    assertEquals(List.of("a record of the store has a wrong checksum"), verification.corruption());
    assertEquals(List.of(), verification.accounts());
  }

  @Test
  void aFileOfSomethingElseIsDamagedAndNoStoreIsAnError() throws IOException {
    Files.writeString(dir.resolve(StoreFile.NAME), "my shopping list ".repeat(500));
    assertFalse(verify().isSound());
    IOException damaged = assertThrows(IOException.class, () -> StoreView.depth(dir));
    assertTrue(damaged.getMessage().endsWith("Try: streetbox outbox verify"), damaged.getMessage());
    Files.delete(dir.resolve(StoreFile.NAME));
    IOException missing = assertThrows(IOException.class, this::verify);
    assertTrue(
        missing.getMessage().endsWith("nothing has been stored here yet. Try: streetbox status"),
        missing.getMessage());
  }

  @Test
  void theDepthIsWhatIsStillToBeSentAndSinceWhen() throws IOException {
    Rig running = threeBoots();
    Depth depth = StoreView.depth(dir);
    assertEquals(
        List.of(
            new Depth.OfBoot(1, false, 100, 65, 0, OptionalLong.of(NOON_MS + 21_000)),
            new Depth.OfBoot(2, false, 30, 30, 0, OptionalLong.of(NOON_MS + 1_000)),
            new Depth.OfBoot(3, true, 20, 20, 0, OptionalLong.of(NOON_MS + 1_000))),
        depth.boots());
    assertEquals(1, depth.events());
    assertTrue(depth.fileBytes() > 0 && depth.logBytes() > 0, depth.toString());
    running.outbox.acknowledge(new Range(3, 1, 20), List.of());
    running.committer.close();
    assertEquals(
        new Depth.OfBoot(3, false, 20, 0, 0, OptionalLong.empty()),
        StoreView.depth(dir).boots().get(2));
  }

  /** At its limit the writer drops chunks and declares them in one commit: never half of that. */
  @Test
  void besideAWriterEveryAnswerIsOfOneMoment() throws Exception {
    Rig rig = new Rig(new StoreSettings(dir, Rig.PERIOD, 96 << 10, Duration.ofDays(7)), 7200);
    rig.measure(10);
    rig.commit();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 500; i++) {
                rig.measure(10);
                rig.commit();
              }
            });
    int answers = 0;
    try (StoreView view = StoreView.open(dir)) {
      while (!writer.isDone() || answers == 0) {
        Verification verification = verify();
        assertTrue(verification.isSound(), verification.toString());
        assertEquals(0, view.accounts().get(0).unexplained());
        answers++;
      }
    }
    writer.get();
    assertEquals(List.of(), rig.troubles());
    assertTrue(rig.outbox.status().dropped() > 0);
  }
}
