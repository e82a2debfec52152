package dev.streetbox.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that a person names and that may be any file, also one without an end. */
public final class LimitedFile {
  /** Limits a file, in bytes. */
  private static final int LIMIT_BYTES = 1_000_000;

  private LimitedFile() {}

  /**
   * Returns the first line of a file of UTF-8 text, such as a password; empty if it has none.
   *
   * @throws IOException if the file cannot be read, or has more than 1 MB
   */
  public static String firstLine(Path file) throws IOException {
    return new String(read(file), StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  /**
   * Returns the bytes of a file.
   *
   * @throws TextFormatException if the file has more than 1 MB, of which no more is read
   * @throws IOException if the file cannot be read
   */
  public static byte[] read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LIMIT_BYTES + 1);
    }
    if (bytes.length > LIMIT_BYTES) {
      throw new TextFormatException("it is larger than 1 MB");
    }
    return bytes;
  }
}
