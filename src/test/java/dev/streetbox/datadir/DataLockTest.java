package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
  @TempDir private Path dir;

  @Test
  void aFolderHasOneOwnerAtATime() throws IOException {
    Path data = dir.resolve("data");
    DataLock lock = DataLock.take(data).orElseThrow();
    assertEquals(Optional.empty(), DataLock.take(data));
    lock.close();
    DataLock.take(data).orElseThrow().close();
  }

  @Test
  void aFolderThatCannotBeMadeIsNoOwnedFolder() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    IOException e = assertThrows(IOException.class, () -> DataLock.take(file));
    assertTrue(e.getMessage().contains("Try: ls -ld"), e.getMessage());
  }
}
