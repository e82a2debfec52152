package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
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

  @Test
  void aFolderIsThereToBeClaimedOnceItWas() throws IOException {
    assertFalse(DataLock.isThere(dir));
    DataLock lock = DataLock.take(dir).orElseThrow();
    assertTrue(DataLock.isThere(dir));
    lock.close();
    assertTrue(DataLock.isThere(dir));
  }

  /** To delete the file would let two processes lock two files of one name. */
  @Test
  void theLockFileStaysAndIsTheSame() throws IOException {
    DataLock.take(dir).orElseThrow().close();
    Object key = key();
    DataLock.take(dir).orElseThrow().close();
    assertEquals(key, key());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("lock"))));
  }

  private Object key() throws IOException {
    return Files.readAttributes(dir.resolve("lock"), BasicFileAttributes.class).fileKey();
  }

  @Test
  void aRefusedClaimLeavesNoFileOpen() throws IOException {
    DataLock lock = DataLock.take(dir).orElseThrow();
    long before = open();
    for (int i = 0; i < 20; i++) {
      assertEquals(Optional.empty(), DataLock.take(dir));
    }
    assertEquals(before, open());
    lock.close();
    assertEquals(0, open());
  }

  /** Descriptors of this process on the lock file. */
  private long open() throws IOException {
    Path file = dir.resolve("lock").toRealPath();
    long open = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          open += Files.readSymbolicLink(descriptor).equals(file) ? 1 : 0;
        } catch (NoSuchFileException e) {
          // Closed meanwhile, by another thread or by this loop.
        }
      }
    }
    return open;
  }

  @Test
  void twoFoldersHaveTwoOwners() throws IOException {
    try (DataLock one = DataLock.take(dir.resolve("one")).orElseThrow();
        DataLock two = DataLock.take(dir.resolve("two")).orElseThrow()) {
      assertNotSame(one, two);
    }
  }
}
