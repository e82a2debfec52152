package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
  @TempDir private Path dir;

  private StoreFile file;

  @BeforeEach
  void name() {
    file = StoreFile.of(dir);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void smallBlocksOnANearlyFullDiskAreRefusedInWords() throws IOException {
    StoreFile file = StoreFile.of(dir);
    file.requireRoom(4096, 0);
    file.requireRoom(1024, 8_000_000);
    IOException error = assertThrows(IOException.class, () -> file.requireRoom(1024, 7_900_000));
    assertTrue(
        error.getMessage().contains("the disk is nearly full (7 MB) and has blocks of 1024 bytes"),
        error.getMessage());
  }

  @Test
  void itIsMadeOnceAndKeepsWhatItHolds() throws IOException {
    assertFalse(file.exists());
    file.make();
    assertTrue(file.exists());
    Files.writeString(file.path(), "abc");
    file.make();
    assertEquals(3, file.bytes());
    assertEquals(List.of("outbox.db"), names());
  }

  @Test
  void aLogThatIsNotThereTakesNothing() throws IOException {
    assertEquals(0, file.logBytes());
    Files.writeString(file.log(), "12345");
    assertEquals(5, file.logBytes());
    assertEquals(List.of("outbox.db-wal"), names());
  }

  @Test
  void aFileThatIsGoneIsAnError() throws IOException {
    IOException e = assertThrows(IOException.class, file::require);
    assertTrue(e.getMessage().contains("was removed"), e.getMessage());
    file.make();
    file.require();
  }

  @Test
  void allPartsAreSetAsideUnderOneName() throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.writeString(dir.resolve("outbox.db" + suffix), "first" + suffix);
    }
    file.setAside(7);
    assertEquals(
        List.of("outbox.db.damaged-7", "outbox.db.damaged-7-shm", "outbox.db.damaged-7-wal"),
        names());
    assertEquals("first-wal", Files.readString(dir.resolve("outbox.db.damaged-7-wal")));
  }

  @Test
  void noneThatWasSetAsideBeforeIsReplaced() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Files.writeString(file.path(), "number " + i);
      file.setAside(7);
    }
    assertEquals("number 1", Files.readString(dir.resolve("outbox.db.damaged-7")));
    assertEquals("number 2", Files.readString(dir.resolve("outbox.db.damaged-7-2")));
    assertEquals("number 3", Files.readString(dir.resolve("outbox.db.damaged-7-3")));
  }

  @Test
  void theLogIsFilledOnceAndForcedWithoutGrowing() throws IOException {
    Files.writeString(file.log(), "frames");
    WriteAheadLog log = WriteAheadLog.open(file.log(), 100);
    assertEquals(100, log.bytes());
    assertFalse(log.isOutgrown());
    log.force();
    log.close();
    assertEquals("frames" + "\0".repeat(94), Files.readString(file.log()));
    Files.writeString(file.log(), "x".repeat(101));
    WriteAheadLog grown = WriteAheadLog.open(file.log(), 100);
    assertTrue(grown.isOutgrown());
    assertEquals(101, grown.bytes());
    grown.close();
    assertThrows(IOException.class, () -> WriteAheadLog.open(dir.resolve("none"), 100));
  }
}
