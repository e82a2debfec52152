package dev.streetbox.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that a person names and that may be any file, also one without an end. */
public final class LimitedFile {
  /** Limits a file, in bytes. */
  private static final int LIMIT_BYTES = 1_000_000;

  private LimitedFile() {}

  /**
   * Returns the first line of a file of UTF-8 text, such as a password; empty if it has none.
   *
   * @param name the option or setting that names the file, for the message
   * @throws IOException if the file cannot be read, or has more than 1 MB; the text is for a person
   */
  public static String firstLine(String name, Path file) throws IOException {
    return new String(read(name, file), StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  /**
   * Returns the bytes of a file.
   *
   * @param name the option or setting that names the file, for the message
   * @throws IOException if the file cannot be read, or has more than 1 MB; the text is for a person
   */
  public static byte[] read(String name, Path file) throws IOException {
    try {
      return read(file);
    } catch (IOException e) {
      throw new IOException(name + ": cannot read " + file + ": " + reason(file, e), e);
    }
  }

  /** Returns why a file cannot be read: Java's message is often its name only. */
  public static String reason(Path file, IOException error) {
    String look = ". Try: ls -ld " + file.toAbsolutePath();
    if (error instanceof NoSuchFileException) {
      return "there is no such file" + look;
    }
    if (error instanceof AccessDeniedException) {
      return "this user may not read it" + look;
    }
    return Files.isDirectory(file) ? "it is a folder" + look : error.getMessage();
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
