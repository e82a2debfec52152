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

  @Test
  void aFileThatCannotBeReadIsNamedWithTheOptionTheCauseAndACommandToTry() {
    Path missing = folder.resolve("missing");
    assertEquals(
        "--file: cannot read %1$s: there is no such file. Try: ls -ld %1$s".formatted(missing),
        message(missing));
    assertEquals(
        "--file: cannot read %1$s: it is a folder. Try: ls -ld %1$s".formatted(folder),
        message(folder));
    assertEquals(
        "--file: cannot read /dev/zero: it is larger than 1 MB", message(Path.of("/dev/zero")));
  }

  private static String message(Path file) {
    return assertThrows(IOException.class, () -> LimitedFile.firstLine("--file", file))
        .getMessage();
  }
}
