package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner of the data folder plants there, beside a command that root has typed. */
class PrivateFilesLinksTest {
  @TempDir private Path dir;
  private Path precious;

  @BeforeEach
  void makeAFileOutsideOfTheFolder() throws IOException {
    Files.createDirectory(dir.resolve("data"));
    precious = Files.writeString(dir.resolve("precious"), "precious");
    Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private Path data(String name) {
    return dir.resolve("data").resolve(name);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("data"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aLinkWhereADraftOnceLayIsNotFollowed() throws IOException {
    for (String name : List.of("collocation", "calibration.json")) {
      Files.createSymbolicLink(data(name + ".tmp"), precious);
      PrivateFiles.replace(data(name), "new");
      assertEquals("new", Files.readString(data(name)));
    }
    assertEquals("precious", Files.readString(precious));
  }

  @Test
  void aLinkInPlaceOfTheFileIsReplacedAndNotFollowed() throws IOException {
    Files.createSymbolicLink(data("clock"), precious);
    PrivateFiles.replace(data("clock"), "new");
    assertFalse(Files.isSymbolicLink(data("clock")));
    assertEquals("precious", Files.readString(precious));
  }

  @Test
  void aFileIsForItsOwnerOnly() throws IOException {
    PrivateFiles.replace(data("clock"), "new");
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data("clock"))));
  }

  @Test
  void whatCannotBeReplacedStaysAndLeavesNoDraft() throws IOException {
    Files.createDirectories(data("clock/in the way"));
    assertThrows(IOException.class, () -> PrivateFiles.replace(data("clock"), "new"));
    assertEquals(List.of("clock"), names());
  }

  @Test
  void whoClaimsTheFolderDeletesTheDraftsOfPowerCutsAndNothingBehindALink() throws IOException {
    Files.writeString(data("boot.123.tmp"), "2 1");
    Files.createSymbolicLink(data("clock.tmp"), precious);
    DataLock.take(dir.resolve("data")).orElseThrow().close();
    assertEquals(List.of("lock"), names());
    assertTrue(Files.exists(precious));
  }

  @Test
  void aLinkInPlaceOfTheLockIsNotLocked() throws IOException {
    Files.createSymbolicLink(data("lock"), precious);
    assertThrows(IOException.class, () -> DataLock.take(dir.resolve("data")));
  }
}
