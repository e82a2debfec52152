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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootFileTest {
  @TempDir private Path dir;

  private Path file() {
    return dir.resolve("boot");
  }

  @Test
  void itIsReadBackAsItWasWritten() throws IOException {
    new BootFile(41, 38).write(dir);
    assertEquals("41 38\n", Files.readString(file()));
    assertEquals(Optional.of(new BootFile(41, 38)), BootFile.read(dir));
    new BootFile(999_999_999, 1).write(dir);
    assertEquals(Optional.of(new BootFile(999_999_999, 1)), BootFile.read(dir));
    assertTrue(999_999_999 < BootFile.FIRST_DRAWN);
  }

  @Test
  void itsFolderIsMadeForTheBoxsOwnUser() throws IOException {
    Path data = dir.resolve("var/data");
    assertFalse(BootFile.isThere(data));
    new BootFile(1, 1).write(data);
    assertTrue(BootFile.isThere(data));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("boot"))));
  }

  @Test
  void noFileIsNoError() throws IOException {
    assertEquals(Optional.empty(), BootFile.read(dir));
    assertEquals(Optional.empty(), BootFile.read(dir.resolve("nowhere")));
    assertFalse(BootFile.isThere(dir));
  }

  @Test
  void anythingButTwoNumbersOnALineIsDamage() throws IOException {
    for (String content :
        List.of("", "\n", "41\n", "41 38", "41 38\n\n", "-1 1\n", "4\u00001\n", "1234567890 1\n")) {
      Files.writeString(file(), content);
      DamagedException e = assertThrows(DamagedException.class, () -> BootFile.read(dir), content);
      assertTrue(e.getMessage().startsWith(file().toString()), e.getMessage());
      assertTrue(BootFile.isThere(dir), content);
    }
  }

  @Test
  void aFileThatCannotBeReadIsAnErrorAndNoDamage() throws IOException {
    Files.createDirectory(file());
    IOException e = assertThrows(IOException.class, () -> BootFile.read(dir));
    assertFalse(e instanceof DamagedException, e.toString());
  }

  @Test
  void bootsFromTheOldestToTheLastAreExpectedWithoutTheRunningOne() throws IOException {
    new BootFile(7, 4).write(dir);
    assertEquals(List.of(4, 5, 6), BootFile.expected(dir, 7));
    assertEquals(List.of(4, 6, 7), BootFile.expected(dir, 5));
    assertEquals(List.of(4, 5, 6, 7), BootFile.expected(dir, BootFile.FIRST_DRAWN));
    new BootFile(7, 8).write(dir);
    assertEquals(List.of(), BootFile.expected(dir, 7));
  }

  @Test
  void withoutAFileNoBootIsExpected() throws IOException {
    assertEquals(List.of(), BootFile.expected(dir, 1));
    Files.writeString(file(), "damaged");
    assertEquals(List.of(), BootFile.expected(dir, 1));
    assertEquals(List.of(), BootFile.countedSince(dir, 0));
  }

  @Test
  void aFileThatMakesNoSenseExpectsAYearOfBootsAtMost() throws IOException {
    new BootFile(123_456_789, 1).write(dir);
    List<Integer> expected = BootFile.expected(dir, 123_456_789);
    assertEquals(10_000, expected.size());
    assertEquals(123_446_789, expected.get(0));
    assertEquals(123_456_788, expected.get(9_999));
  }

  @Test
  void bootsCountedSinceAreThoseAboveWhatTheStoreKnows() throws IOException {
    new BootFile(7, 4).write(dir);
    assertEquals(List.of(6, 7), BootFile.countedSince(dir, 5));
    assertEquals(List.of(), BootFile.countedSince(dir, 7));
    assertEquals(List.of(4, 5, 6, 7), BootFile.countedSince(dir, 0));
  }
}
