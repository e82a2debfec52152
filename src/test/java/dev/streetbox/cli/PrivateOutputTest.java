package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateOutputTest {
  @TempDir private Path dir;

  private static void write(Path file) throws IOException {
    try (PrintWriter out = PrivateOutput.replace(file)) {
      out.print("23 µg/m³");
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aNewFileIsForItsOwnerOnly() throws IOException {
    Path file = dir.resolve("rows.csv");
    write(file);
    assertEquals("23 µg/m³", Files.readString(file));
    assertEquals("rw-------", mode(file));
  }

  @Test
  void anExistingFileGetsTheMode0600() throws IOException {
    Path file = Files.writeString(dir.resolve("rows.csv"), "a longer text of an earlier export");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    write(file);
    assertEquals("23 µg/m³", Files.readString(file));
    assertEquals("rw-------", mode(file));
  }

  @Test
  void aLinkIsNotFollowedToAFile() throws IOException {
    Path precious = Files.writeString(dir.resolve("precious"), "precious");
    String before = mode(precious);
    Path link = Files.createSymbolicLink(dir.resolve("rows.csv"), precious);
    assertThrows(FileSystemException.class, () -> write(link));
    Path broken = Files.createSymbolicLink(dir.resolve("broken"), dir.resolve("missing"));
    assertThrows(FileSystemException.class, () -> write(broken));
    assertEquals("precious", Files.readString(precious));
    assertEquals(before, mode(precious));
    assertEquals(false, Files.exists(dir.resolve("missing")));
  }

  @Test
  void aDeviceKeepsItsMode() throws IOException {
    String before = mode(Path.of("/dev/null"));
    write(Path.of("/dev/null"));
    assertEquals(before, mode(Path.of("/dev/null")));
  }
}
