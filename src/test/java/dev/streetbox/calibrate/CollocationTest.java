package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollocationTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant LATER = Instant.parse("2026-12-07T09:30:15Z");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("collocation");
  }

  @Test
  void aFolderWithoutAFileHasNoCollocation() throws IOException {
    assertEquals(Optional.empty(), Collocation.read(folder));
  }

  @Test
  void anOngoingCollocationHasNoEnd() throws IOException {
    Collocation begun = Collocation.from(NOON);
    assertTrue(begun.isOngoing());
    begun.write(folder);
    assertEquals("2026-11-23T12:00:00Z\n", Files.readString(file()));
    assertEquals(Optional.of(begun), Collocation.read(folder));
  }

  @Test
  void anEndedCollocationHasBothTimesAndReplacesTheOngoingOne() throws IOException {
    Collocation.from(NOON).write(folder);
    Collocation ended = Collocation.from(NOON).endedAt(LATER);
    ended.write(folder);
    assertFalse(ended.isOngoing());
    assertEquals("2026-11-23T12:00:00Z\n2026-12-07T09:30:15Z\n", Files.readString(file()));
    assertEquals(Optional.of(ended), Collocation.read(folder));
  }

  @Test
  void theFileIsPrivate() throws IOException {
    Collocation.from(NOON).write(folder);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(strings = {"", "\n", "noon\n", "2026-11-23\n", "2026-11-23T12:00:00Z\nlater\n"})
  void theErrorOfADamagedFileNamesTheFileAndTheCommand(String text) throws IOException {
    Files.writeString(file(), text);
    IOException error = assertThrows(IOException.class, () -> Collocation.read(folder));
    assertTrue(error.getMessage().contains("collocation is damaged"), error.getMessage());
    assertTrue(error.getMessage().endsWith("Try: streetbox calibrate collocate start"));
  }

  @Test
  void aFolderThatCannotBeWrittenLeavesTheFileAsItWas() throws IOException {
    Collocation.from(NOON).write(folder);
    Path gone = folder.resolve("gone");
    assertThrows(IOException.class, () -> Collocation.from(LATER).write(gone));
    assertEquals(Optional.of(Collocation.from(NOON)), Collocation.read(folder));
  }
}
