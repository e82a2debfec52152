package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedFileTest {
  @TempDir private Path folder;

  @Test
  void aFileOfTheLimitIsReadAndOneByteMoreIsAnError() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[1_000_000]);
    assertEquals(1_000_000, LimitedFile.read(file).length);
    Files.write(file, new byte[1_000_001]);
    IOException error = assertThrows(TextFormatException.class, () -> LimitedFile.read(file));
    assertEquals("it is larger than 1 MB", error.getMessage());
  }

  @Test
  void aFileWithoutAnEndIsAnError() {
    assertThrows(TextFormatException.class, () -> LimitedFile.read(Path.of("/dev/zero")));
  }
}
