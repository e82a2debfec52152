package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskErrorsTest {
  private static final Path FILE = Path.of("/data/clock");

  private static String text(IOException e) {
    IOException explained = DiskErrors.explain(FILE, "written", e);
    assertSame(e, explained.getCause());
    return explained.getMessage();
  }

  @Test
  void aFullDiskNamesTheFileAndWhatToType() {
    assertEquals(
        "/data/clock cannot be written: the disk is full. Try: df -h /data (No space left on"
            + " device)",
        text(new IOException("No space left on device")));
    assertTrue(
        text(new FileSystemException("/x", null, "No space left on device"))
            .startsWith("/data/clock cannot be written: the disk is full."));
  }

  @Test
  void aReadOnlyFileSystemIsCalledReadOnly() {
    assertTrue(
        text(new FileSystemException("/x", null, "Read-only file system"))
            .contains("the file system is read-only. Try: findmnt -T /data"));
  }

  @Test
  void anErrorOfTheCardIsCalledThat() {
    assertTrue(text(new IOException("Input/output error")).contains("the card, its holder"));
  }

  @Test
  void anErrorWithoutAReasonNamesTheOwner() {
    assertEquals(
        "/data/clock cannot be written: another owner, or a file where a folder should be. Try: ls"
            + " -ld /data (AccessDeniedException)",
        text(new AccessDeniedException("/data/clock")));
  }
}
