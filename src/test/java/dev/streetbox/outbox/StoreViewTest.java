package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreViewTest {
  @TempDir private Path dir;

  private void boot(int rows) {
    Rig rig = new Rig(dir);
    for (int left = rows; left > 0; left -= 5000) {
      rig.measure(Math.min(5000, left));
      rig.commit();
    }
    rig.committer.close();
  }

  @Test
  void pagesAreTenMinutesAtMostAndTogetherEveryRowOfEveryBoot() throws IOException {
    boot(StoreView.PAGE_ROWS);
    boot(2 * StoreView.PAGE_ROWS + 1);
    boot(0);
    List<Integer> sizes = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    try (StoreView view = StoreView.open(dir)) {
      view.eachPage(
          Instant.MIN,
          Instant.MAX,
          (page, timeline) -> {
            sizes.add(page.size());
            rows.addAll(page);
          });
    }
    assertEquals(List.of(600, 600, 600, 1), sizes);
    List<Row> expected =
        new ArrayList<>(
            LongStream.rangeClosed(1, StoreView.PAGE_ROWS).mapToObj(s -> Rig.row(1, s)).toList());
    LongStream.rangeClosed(1, 2 * StoreView.PAGE_ROWS + 1)
        .forEach(seq -> expected.add(Rig.row(2, seq)));
    assertEquals(expected, rows);
  }

  @Test
  void aPeriodHasTheRowsFromItsFirstInstantToTheLastBeforeItsEnd() throws IOException {
    boot(1000);
    for (int first : List.of(1, 2, 499, 500, 501, 1000)) {
      Instant at = utc(first);
      assertEquals(List.of(first, 1000, 1001 - first), period(at, Instant.MAX), "from " + first);
      assertEquals(List.of(first, first, 1), period(at, at.plusMillis(1)), "only " + first);
    }
    assertEquals(List.of(1, 499, 499), period(Instant.MIN, utc(500)));
    assertEquals(List.of(), rowsOf(Instant.MIN, utc(1)));
    assertEquals(List.of(), rowsOf(utc(1000).plusMillis(1), Instant.MAX));
  }

  /** Returns the first seq, the last seq and the number of the rows of a period. */
  private List<Integer> period(Instant from, Instant to) throws IOException {
    List<Row> rows = rowsOf(from, to);
    return List.of((int) rows.get(0).seq(), (int) rows.get(rows.size() - 1).seq(), rows.size());
  }

  private Instant utc(int seq) throws IOException {
    try (StoreView view = StoreView.open(dir)) {
      return Instant.ofEpochMilli(view.timeline(1).utcMs(Rig.row(1, seq).tickMs()));
    }
  }

  @Test
  void chunksOutsideThePeriodAreNotUnpacked() throws IOException {
    boot(1000);
    Instant from = utc(900);
    try (Connection connection = Sqlite.write(dir.resolve(StoreFile.NAME))) {
      Sqlite.run(connection, "UPDATE chunk SET rows = x'00' WHERE id < " + Chunk.id(1, 500));
    } catch (SQLException e) {
      throw new IOException(e);
    }
    assertEquals(101, rowsOf(from, Instant.MAX).size());
  }

  private List<Row> rowsOf(Instant from, Instant to) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (StoreView view = StoreView.open(dir)) {
      view.eachPage(from, to, (page, timeline) -> rows.addAll(page));
    }
    return rows;
  }

  /** A boot of one row whose clock is found to be late by that much. */
  private void laterBy(long lateMs) {
    Rig rig = new Rig(dir);
    rig.time.pass(Duration.ofDays(2));
    long utcMs = rig.time.systemClock().toEpochMilli() + lateMs;
    rig.outbox.append(new Anchor(rig.boot(), rig.time.tickMs(), utcMs, TimeSource.GNSS, 50));
    rig.measure(1);
    rig.committer.close();
  }

  @Test
  void eachBootsPagesComeWithWhatDatesThem() throws IOException {
    boot(3);
    laterBy(60_000);
    List<Long> starts = new ArrayList<>();
    try (StoreView view = StoreView.open(dir)) {
      view.eachPage(Instant.MIN, Instant.MAX, (page, timeline) -> starts.add(timeline.startMs()));
      assertEquals(List.of(view.timeline(1).startMs(), view.timeline(2).startMs()), starts);
    }
    assertEquals(60_000, starts.get(1) - starts.get(0));
  }

  @Test
  void whatTheReaderThrowsEndsTheReading() throws IOException {
    boot(StoreView.PAGE_ROWS + 1);
    List<Integer> sizes = new ArrayList<>();
    try (StoreView view = StoreView.open(dir)) {
      IOException full = new IOException("full");
      IOException thrown =
          assertThrows(
              IOException.class,
              () ->
                  view.eachPage(
                      Instant.MIN,
                      Instant.MAX,
                      (page, timeline) -> {
                        sizes.add(page.size());
                        throw full;
                      }));
      assertEquals(full, thrown);
    }
    assertEquals(List.of(StoreView.PAGE_ROWS), sizes);
  }

  @Test
  void aStoreWhoseMakingAPowerCutEndedIsEmptyAndNotDamaged() throws IOException {
    Files.createFile(dir.resolve("outbox.db"));
    IOException error = assertThrows(IOException.class, () -> StoreView.verify(dir));
    assertTrue(error.getMessage().contains("nothing has been stored here yet"), error.getMessage());
  }

  @Test
  void pagesBeforeTheFirstStoredRowAreLeftOut() throws IOException {
    boot(StoreView.PAGE_ROWS + 1);
    try (Connection connection = Sqlite.write(dir.resolve(StoreFile.NAME))) {
      Sqlite.run(connection, "DELETE FROM chunk WHERE id < " + Chunk.id(1, StoreView.PAGE_ROWS));
    } catch (SQLException e) {
      throw new IOException(e);
    }
    List<Integer> sizes = new ArrayList<>();
    try (StoreView view = StoreView.open(dir)) {
      view.eachPage(Instant.MIN, Instant.MAX, (page, timeline) -> sizes.add(page.size()));
    }
    assertEquals(List.of(1), sizes);
  }
}
