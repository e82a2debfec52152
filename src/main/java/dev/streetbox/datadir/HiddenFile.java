package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps in file {@code hidden} of a data folder whether the box was within a privacy zone when its
 * place was last known: {@code yes} or {@code no}. A file that is missing, malformed or unreadable
 * counts as {@code yes}, because the box may then be anywhere.
 */
public final class HiddenFile {
  private static final String NAME = "hidden";
  private static final String OUTSIDE = "no\n";
  private static final String HIDDEN = "yes\n";

  private HiddenFile() {}

  /** Returns whether the box was outside every zone when its place was last known. */
  public static boolean isOutside(Path dataDir) {
    try {
      return Files.readString(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1).equals(OUTSIDE);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Replaces the file; durable when this returns.
   *
   * @throws IOException if it cannot be written; the old one then stays
   */
  public static void write(Path dataDir, boolean hidden) throws IOException {
    PrivateFiles.folder(dataDir);
    PrivateFiles.replace(dataDir.resolve(NAME), hidden ? HIDDEN : OUTSIDE);
  }

  /**
   * Removes the file, because without zones the box does not know whether it is within one.
   *
   * @throws IOException if it cannot be removed
   */
  public static void remove(Path dataDir) throws IOException {
    Files.deleteIfExists(dataDir.resolve(NAME));
  }
}
