package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockFileTest {
  private static final long TIME_MS = 1_795_435_200_000L;

  @TempDir private Path dir;

  @Test
  void theLastTimeThatWasWrittenCounts() throws IOException {
    ClockFile.write(dir, TIME_MS + 5);
    ClockFile.write(dir, TIME_MS);
    assertEquals(OptionalLong.of(TIME_MS), ClockFile.read(dir));
    assertEquals("1795435200000\n", Files.readString(dir.resolve("clock")));
  }

  @Test
  void noFileAndAFolderOfItsNameAreNoTime() throws IOException {
    assertEquals(OptionalLong.empty(), ClockFile.read(dir));
    Files.createDirectory(dir.resolve("clock"));
    assertEquals(OptionalLong.empty(), ClockFile.read(dir));
  }

  @Test
  void aDamagedFileIsNoTime() throws IOException {
    for (String content :
        List.of(
            "", "\n", "12", "12 \n", "-5\n", "1.5\n", "123456789012345\n", "1\n2\n", "\u0000")) {
      Files.writeString(dir.resolve("clock"), content);
      assertEquals(OptionalLong.empty(), ClockFile.read(dir), content);
    }
    Files.writeString(dir.resolve("clock"), "99999999999999\n");
    assertEquals(OptionalLong.of(99_999_999_999_999L), ClockFile.read(dir));
  }
}
