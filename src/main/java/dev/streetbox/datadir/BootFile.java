package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Holds the content of file {@code boot} of a data folder: one line, {@code 41 38}.
 *
 * @param boot the last boot that was counted, 0 if none was
 * @param oldest the oldest boot that may have something left to send
 */
public record BootFile(int boot, int oldest) {
  /**
   * The lowest boot number that is drawn at random instead of counted. A counter reaches it after
   * 147 000 years with 20 boots a day. Drawn numbers have no order.
   */
  public static final int FIRST_DRAWN = 1 << 30;

  /** Boots of a year at most; a file that implies more is wrong. */
  private static final int MOST_EXPECTED = 10_000;

  /** Nine digits: below {@link #FIRST_DRAWN}. */
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}) (\\d{1,9})\n");

  private static final String NAME = "boot";

  /** Returns whether a data folder has the file. */
  public static boolean isThere(Path dataDir) {
    return Files.exists(dataDir.resolve(NAME));
  }

  /**
   * Reads the file; empty if there is none.
   *
   * @throws DamagedException if it holds anything but two numbers
   * @throws IOException if it cannot be read
   */
  public static Optional<BootFile> read(Path dataDir) throws IOException {
    String text;
    try {
      text = Files.readString(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new DamagedException(dataDir.resolve(NAME) + " holds no boot number");
    }
    return Optional.of(
        new BootFile(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
  }

  /**
   * Replaces the file, durable when this returns; makes the folder if it is missing.
   *
   * @throws IOException if it cannot be written; the file then stays as it was
   */
  public void write(Path dataDir) throws IOException {
    PrivateFiles.folder(dataDir);
    PrivateFiles.replace(dataDir.resolve(NAME), boot + " " + oldest + "\n");
  }

  /**
   * Lists the boots that were counted and may have something left to send, without the one that is
   * running; none if the file cannot be read.
   */
  public static List<Integer> expected(Path dataDir, int running) {
    try {
      BootFile file = read(dataDir).orElse(new BootFile(0, 1));
      return IntStream.rangeClosed(Math.max(file.oldest, file.boot - MOST_EXPECTED), file.boot)
          .filter(boot -> boot != running)
          .boxed()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Lists the boots that were counted after that one, and that a store does not know yet. */
  public static List<Integer> countedSince(Path dataDir, int newest) {
    return expected(dataDir, newest).stream().filter(boot -> boot > newest).toList();
  }
}
