package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Explains errors of the disk: the file, the cause, and what to type. */
public final class DiskErrors {
  private DiskErrors() {}

  /**
   * Returns an error whose message names the file, the likely cause and a command to try.
   *
   * @param file the file that was used
   * @param action what cannot be done, as {@code written}
   */
  public static IOException explain(Path file, String action, IOException e) {
    // The library's message is often only the name; the system's texts are English (LC_ALL).
    String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
    String cause = reason == null ? e.getClass().getSimpleName() : reason;
    return new IOException(
        file + " cannot be " + action + ": " + likely(file, cause) + " (" + cause + ")", e);
  }

  private static String likely(Path file, String cause) {
    Path folder = file.toAbsolutePath().getParent();
    if (cause.contains("No space left") || cause.contains("quota")) {
      return "the disk is full. Try: df -h " + folder;
    }
    if (cause.contains("Read-only") || isReadOnly(folder)) {
      return "the file system is read-only. Try: findmnt -T " + folder + "; sudo dmesg | tail";
    }
    if (cause.contains("Input/output error")) {
      return "the card, its holder or its driver. Try: sudo dmesg | tail";
    }
    return "another owner, or a file where a folder should be. Try: ls -ld " + folder;
  }

  /** Returns whether a folder's file system is mounted read-only, as far as it can be asked. */
  public static boolean isReadOnly(Path folder) {
    try {
      return Files.getFileStore(folder).isReadOnly();
    } catch (IOException e) {
      return false;
    }
  }
}
