package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.measure.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that are not what they were: whatever is left of them, nothing wrong is sent. */
class DamagedStoreTest {
  private static final int ROWS = 500;

  @TempDir private static Path sound;

  private final Path dir;

  /** Uses a folder that is deleted after the test. */
  DamagedStoreTest(@TempDir Path dir) {
    this.dir = dir;
  }

  /** Boot 1 ended as it should, rows 301 to 400 acknowledged; boot 2 was cut off after 50 rows. */
  @BeforeAll
  static void makeAStore() {
    Rig first = new Rig(sound);
    for (int i = 0; i < ROWS; i += 10) {
      first.measure(10);
      first.commit();
    }
    first.outbox.append(Event.Kind.REPORT, 5, Map.of("text", "hole"));
    first.outbox.acknowledge(new Range(1, 301, 400), List.of());
    first.committer.close();
    Rig second = new Rig(sound);
    second.measure(50);
    second.commit();
  }

  @Test
  void flippedBitsLoseNoMoreThanTheyDeclareAndInventNothing() {
    Seeds.each(
        120,
        seed ->
            new DamagedStoreTest(dir.resolve("seed-" + seed))
                .flippedBitsLoseNoMoreThanTheyDeclareAndInventNothing(seed));
  }

  private void flippedBitsLoseNoMoreThanTheyDeclareAndInventNothing(long seed) throws IOException {
    Path data = Rig.copy(sound, dir.resolve("data"));
    SplittableRandom random = new SplittableRandom(seed);
    Path file = data.resolve(random.nextInt(4) == 0 ? StoreFile.NAME + "-wal" : StoreFile.NAME);
    byte[] bytes = Files.readAllBytes(file);
    for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
      int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(200, bytes.length));
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(file, bytes);
    everyRowIsSentOrDeclared(data);
  }

  @Test
  void aTruncatedFileLosesNoMoreThanIsDeclared() {
    Seeds.each(
        120,
        seed ->
            new DamagedStoreTest(dir.resolve("seed-" + seed))
                .aTruncatedFileLosesNoMoreThanIsDeclared(seed));
  }

  private void aTruncatedFileLosesNoMoreThanIsDeclared(long seed) throws IOException {
    Path data = Rig.copy(sound, dir.resolve("data"));
    SplittableRandom random = new SplittableRandom(seed);
    Path file = data.resolve(random.nextInt(4) == 0 ? StoreFile.NAME + "-wal" : StoreFile.NAME);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    everyRowIsSentOrDeclared(data);
  }

  @Test
  void aFileOfSomethingElseIsSetAsideAndNotDeleted() throws IOException {
    Path data = Files.createDirectories(dir.resolve("data"));
    Files.writeString(data.resolve(StoreFile.NAME), "my shopping list ".repeat(500));
    Files.writeString(data.resolve("boot"), "6 6\n");
    Rig rig = new Rig(data);
    rig.measure(3);
    rig.commit();
    assertTrue(rig.troubles().get(0).contains("is damaged"), rig.troubles().toString());
    rig.commit();
    assertEquals(List.of(), rig.troubles());
    assertEquals(0, rig.outbox.status().uncommitted());
    Path aside = data.resolve(StoreFile.NAME + ".damaged-7");
    assertTrue(Files.readString(aside).startsWith("my shopping list"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE span SET last = 500",
        "UPDATE boot SET state = 'ENDED'",
        "UPDATE anchor SET utc = utc + 1",
        "UPDATE event SET body = '{}'"
      })
  void aRecordThatIsNotWhatWasPutThereIsNotBelieved(String sql) throws Exception {
    Path data = Rig.copy(sound, dir.resolve("data"));
    Connection connection = Sqlite.write(data.resolve(StoreFile.NAME));
    Sqlite.run(connection, sql);
    Sqlite.close(connection);
    try (StoreView view = StoreView.open(data)) {
      assertEquals(1, view.check().size());
    }
    everyRowIsSentOrDeclared(data);
    assertTrue(Files.exists(data.resolve(StoreFile.NAME + ".damaged-3")));
  }

  private static Path ofVersion(long version, Path data) throws Exception {
    Connection connection = Sqlite.write(data.resolve(StoreFile.NAME));
    Sqlite.run(connection, "PRAGMA user_version = " + version);
    Sqlite.close(connection);
    return data;
  }

  @Test
  void aStoreOfAnImpossibleVersionIsSetAside() throws Exception {
    Path data = ofVersion(1L << 20, Rig.copy(sound, dir.resolve("data")));
    everyRowIsSentOrDeclared(data);
    assertTrue(Files.exists(data.resolve(StoreFile.NAME + ".damaged-3")));
  }

  @Test
  void aStoreOfANewerProgramIsNotTouchedAndRowsAreSentFromMemory() throws Exception {
    Path data = ofVersion(2, Rig.copy(sound, dir.resolve("data")));
    byte[] before = Files.readAllBytes(data.resolve(StoreFile.NAME));
    Rig rig = new Rig(data);
    assertEquals(3, rig.boot());
    rig.measure(30);
    rig.commit();
    rig.commit();
    assertEquals(
        List.of(
            data.resolve(StoreFile.NAME)
                + " was written by a newer program (version 2, and this one knows 1): it is left as"
                + " it is, and new rows stay in memory. Try: install the newer program again"),
        rig.troubles());
    Range rows = rig.outbox.nextBacklog(30, List.of(), 60).orElseThrow();
    assertEquals(new Range(3, 1, 30), rows);
    assertEquals(30, rig.outbox.read(rows).rows().size());
    assertEquals(Optional.empty(), rig.outbox.nextEvent(List.of()));
    rig.committer.close();
    assertArrayEquals(before, Files.readAllBytes(data.resolve(StoreFile.NAME)));
    try (Stream<Path> files = Files.list(data)) {
      assertTrue(files.noneMatch(file -> file.toString().contains(".damaged-")));
    }
    everyRowIsSentOrDeclared(ofVersion(1, data));
  }

  @Test
  void theCommandsSayThatANewerProgramWroteTheStore() throws Exception {
    Path data = ofVersion(2, Rig.copy(sound, dir.resolve("data")));
    IOException error = assertThrows(IOException.class, () -> StoreView.depth(data));
    assertTrue(error.getMessage().contains("was written by a newer program"), error.getMessage());
    assertThrows(NewerStoreException.class, () -> StoreView.verify(data));
  }

  @Test
  void aNewerProgramsStoreIsLeftAsItIsAlsoWhereItsLogIsNotInTheFileYet() throws Exception {
    Path data = Rig.copy(sound, dir.resolve("data"));
    Path cut = dir.resolve("cut");
    Connection connection = Sqlite.write(data.resolve(StoreFile.NAME));
    Sqlite.run(connection, "PRAGMA user_version = 2");
    Rig.copy(data, cut);
    Sqlite.close(connection);
    byte[] file = Files.readAllBytes(cut.resolve(StoreFile.NAME));
    byte[] log = Files.readAllBytes(cut.resolve(StoreFile.NAME + "-wal"));
    Rig rig = new Rig(cut);
    rig.measure(5);
    rig.commit();
    rig.committer.close();
    assertArrayEquals(file, Files.readAllBytes(cut.resolve(StoreFile.NAME)));
    assertArrayEquals(log, Files.readAllBytes(cut.resolve(StoreFile.NAME + "-wal")));
  }

  @Test
  void filesSetAsideInOneBootDoNotReplaceOneAnother() throws IOException {
    Rig rig = new Rig(dir);
    for (int i = 0; i < 3; i++) {
      rig.committer.cycle();
      rig.vanish();
      Files.writeString(dir.resolve(StoreFile.NAME), "not a store ".repeat(100));
      rig.commit();
    }
    rig.commit();
    assertEquals(List.of(), rig.troubles());
    for (String suffix : List.of("", "-2", "-3")) {
      assertTrue(Files.exists(dir.resolve(StoreFile.NAME + ".damaged-1" + suffix)), suffix);
    }
  }

  /** Drains everything, as the publisher would, and accounts for every row of both boots. */
  private static void everyRowIsSentOrDeclared(Path data) throws IOException {
    Rig rig = new Rig(data);
    rig.measure(30);
    for (int i = 0; i < 3; i++) {
      rig.commit();
    }
    assertEquals(0, rig.outbox.status().uncommitted(), rig.troubles()::toString);
    Audit audit = new Audit();
    audit.received(new Range(1, 301, 400));
    audit.drain(rig.outbox);
    rig.vanish();
    assertEquals(List.of(), audit.unexplained(1, ROWS));
    assertEquals(List.of(), audit.unexplained(2, 50));
    assertEquals(List.of(), audit.unexplained(rig.boot(), 30));
    assertEquals(List.of(), audit.wrong());
  }
}
