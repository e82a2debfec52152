package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenFileTest {
  @TempDir Path dir;

  @Test
  void theLastStateIsKeptInAPrivateFile() throws IOException {
    HiddenFile.write(dir, false);
    assertTrue(HiddenFile.isOutside(dir));
    HiddenFile.write(dir, true);
    assertFalse(HiddenFile.isOutside(dir));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(dir.resolve("hidden")));
  }

  @Test
  void whatIsMissingOrMalformedCountsAsHidden() throws IOException {
    assertFalse(HiddenFile.isOutside(dir));
    for (String text : List.of("", "no", "no\nno\n", "yes\n", "NO\n", "\u00ff")) {
      Files.writeString(dir.resolve("hidden"), text);
      assertFalse(HiddenFile.isOutside(dir), text);
    }
    Files.delete(dir.resolve("hidden"));
    Files.createDirectory(dir.resolve("hidden"));
    assertFalse(HiddenFile.isOutside(dir));
  }

  @Test
  void aRemovedFileCountsAsHidden() throws IOException {
    HiddenFile.remove(dir);
    HiddenFile.write(dir, false);
    HiddenFile.remove(dir);
    assertFalse(HiddenFile.isOutside(dir));
  }
}
