package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir private Path dir;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void whatItMakesIsForTheBoxsOwnUserOnly() throws IOException {
    Path folder = dir.resolve("a/b");
    PrivateFiles.folder(folder);
    assertEquals("rwx------", permissions(folder));
    assertEquals("rwx------", permissions(folder.getParent()));
    Path made = PrivateFiles.file(folder.resolve("f"));
    assertEquals("rw-------", permissions(made));
    assertEquals(0, Files.size(made));
  }

  @Test
  void whatIsThereKeepsItsPermissionsAndItsContent() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("wide"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    Path file = Files.writeString(folder.resolve("f"), "kept");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    PrivateFiles.folder(folder);
    PrivateFiles.file(file);
    assertEquals("rwxr-x---", permissions(folder));
    assertEquals("rw-r-----", permissions(file));
    assertEquals("kept", Files.readString(file));
  }

  @Test
  void aFileIsOfItsFoldersOwner() throws IOException {
    Path made = PrivateFiles.file(dir.resolve("f"));
    assertEquals(Files.getOwner(dir), Files.getOwner(made));
  }

  @Test
  void aReplacedFileHasTheNewContentAloneAndIsPrivate() throws IOException {
    Path file = Files.writeString(dir.resolve("f"), "old and longer");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    PrivateFiles.replace(file, "n\u00e9w");
    assertEquals("n\u00e9w", Files.readString(file));
    assertEquals("rw-------", permissions(file));
    assertFalse(Files.exists(dir.resolve("f.tmp")));
  }

  /** A crash may leave the temporary file at any length, also longer than what comes next. */
  @Test
  void aTemporaryFileThatACrashLeftIsOverwritten() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    Path file = dir.resolve("f");
    for (int i = 0; i < 30; i++) {
      Files.writeString(dir.resolve("f.tmp"), "x".repeat(random.nextInt(200)));
      String content = "y".repeat(random.nextInt(100));
      PrivateFiles.replace(file, content);
      assertEquals(content, Files.readString(file), "round " + i);
    }
  }

  @Test
  void aFileThatCannotBeReplacedStays() throws IOException {
    // The name of the new file, which is longer, is over the file system's limit.
    Path file = Files.writeString(dir.resolve("f".repeat(250)), "old");
    assertThrows(IOException.class, () -> PrivateFiles.replace(file, "new"));
    assertEquals("old", Files.readString(file));
  }

  @Test
  void whatCannotBeMadeIsAnErrorThatSaysWhatToDo() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    IOException folder = assertThrows(IOException.class, () -> PrivateFiles.folder(file));
    assertTrue(folder.getMessage().startsWith(file + " cannot be made: "), folder.getMessage());
    assertTrue(folder.getMessage().contains("Try: ls -ld " + dir), folder.getMessage());
    Path below = file.resolve("f");
    IOException made = assertThrows(IOException.class, () -> PrivateFiles.file(below));
    assertTrue(made.getMessage().contains("Try: ls -ld " + file), made.getMessage());
    Path nowhere = dir.resolve("nowhere/f");
    assertThrows(IOException.class, () -> PrivateFiles.replace(nowhere, "new"));
    assertThrows(IOException.class, () -> PrivateFiles.sync(nowhere));
  }
}
