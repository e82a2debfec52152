package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkTableTest {
  @TempDir private Path dir;

  private Connection connection;

  @BeforeEach
  void open() throws Exception {
    connection = Sqlite.write(dir.resolve(StoreFile.NAME));
    new Schema().apply(connection);
  }

  @AfterEach
  void close() {
    Sqlite.close(connection);
  }

  private static List<Row> made(int boot, long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(seq -> Rig.row(boot, seq)).toList();
  }

  private void insert(int boot, long first, long last) throws Exception {
    ChunkTable.insert(connection, new Chunk(boot, made(boot, first, last)));
  }

  private List<Row> rows(int boot, long first, long last) throws Exception {
    List<String> damage = new ArrayList<>();
    List<Row> rows = ChunkTable.rows(connection, new Range(boot, first, last), damage);
    assertEquals(List.of(), damage);
    return rows;
  }

  @Test
  void aRangeIsReadFromWhereverItsChunksBegin() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    long last = 0;
    for (int i = 0; i < 40; i++) {
      long size = random.nextInt(1, 20);
      insert(2, last + 1, last + size);
      last += size;
    }
    insert(1, 1, 9);
    insert(3, 1, 9);
    for (int i = 0; i < 200; i++) {
      long first = random.nextLong(1, last + 1);
      long end = random.nextLong(first, last + 5);
      assertEquals(made(2, first, Math.min(last, end)), rows(2, first, end), first + "-" + end);
    }
  }

  @Test
  void rowsOfOtherBootsAndHolesAreNotGiven() throws Exception {
    insert(1, 1, 10);
    insert(2, 11, 20);
    insert(2, 31, 40);
    assertEquals(List.of(), rows(2, 1, 10));
    assertEquals(List.of(), rows(2, 21, 30));
    assertEquals(made(2, 31, 33), rows(2, 21, 33));
    assertEquals(List.of(), rows(3, 1, 100));
  }

  @Test
  void aRowThatTwoChunksHaveIsGivenOnce() throws Exception {
    insert(1, 1, 10);
    insert(1, 6, 15);
    assertEquals(made(1, 1, 15), rows(1, 1, 15));
    assertEquals(made(1, 8, 12), rows(1, 8, 12));
  }

  @Test
  void aDamagedChunkIsReportedAndTheOthersAreRead() throws Exception {
    insert(1, 1, 10);
    insert(1, 11, 20);
    insert(1, 21, 30);
    Sqlite.run(connection, "UPDATE chunk SET rows = x'00' WHERE id = " + Chunk.id(1, 11));
    List<String> damage = new ArrayList<>();
    List<Row> rows = ChunkTable.rows(connection, new Range(1, 5, 25), damage);
    List<Row> expected = new ArrayList<>(made(1, 5, 10));
    expected.addAll(made(1, 21, 25));
    assertEquals(expected, rows);
    assertEquals(1, damage.size());
    assertTrue(damage.get(0).startsWith("chunk 1/11: "), damage.toString());
  }

  @Test
  void theNewestChunkOfABootIsItsOwn() throws Exception {
    insert(1, 1, 10);
    insert(2, 1, 5);
    insert(2, 6, 8);
    insert(3, 1, 2);
    assertEquals(
        Optional.of(new ChunkInfo(new Range(2, 6, 8), 8_000)), ChunkTable.newest(connection, 2));
    assertEquals(Optional.empty(), ChunkTable.newest(connection, 4));
  }

  @Test
  void onlyChunksThatLieWhollyWithinARangeAreWithinIt() throws Exception {
    insert(1, 1, 10);
    insert(1, 11, 20);
    insert(1, 21, 30);
    assertEquals(List.of(new Range(1, 11, 20)), within(2, 29, 9));
    assertEquals(List.of(new Range(1, 11, 20), new Range(1, 21, 30)), within(2, 30, 9));
    assertEquals(List.of(new Range(1, 1, 10), new Range(1, 11, 20)), within(1, 30, 2));
    assertEquals(List.of(), within(2, 19, 9));
  }

  private List<Range> within(long first, long last, int limit) throws Exception {
    return ChunkTable.within(connection, new Range(1, first, last), limit).stream()
        .map(ChunkInfo::range)
        .toList();
  }

  @Test
  void theOldestChunksAreThoseOfTheOldestBoot() throws Exception {
    insert(2, 1, 10);
    insert(1, 11, 20);
    insert(1, 1, 10);
    assertEquals(
        List.of(new Range(1, 1, 10), new Range(1, 11, 20)),
        ChunkTable.oldest(connection, 2).stream().map(ChunkInfo::range).toList());
    ChunkTable.delete(connection, new Range(1, 1, 10));
    assertEquals(new Range(1, 11, 20), ChunkTable.oldest(connection, 1).get(0).range());
  }

  @Test
  void aDamagedCountMakesNoRowsUpAndADamagedKeyIsDamage() throws Exception {
    insert(1, 1, 10);
    Sqlite.run(connection, "UPDATE chunk SET count = 2000000000");
    assertEquals(new Range(1, 1, Chunk.MOST_ROWS), ChunkTable.oldest(connection, 1).get(0).range());
    Sqlite.run(connection, "UPDATE chunk SET count = -5");
    assertEquals(new Range(1, 1, 1), ChunkTable.oldest(connection, 1).get(0).range());
    for (long id : new long[] {Chunk.id(1, 0), Chunk.id(0, 1), -1}) {
      Sqlite.run(connection, "UPDATE chunk SET id = " + id);
      assertThrows(DamagedException.class, () -> ChunkTable.oldest(connection, 1), "key " + id);
    }
  }
}
