package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * How {@code streetbox report} reaches the running agent: folder {@code reports} beside {@code
 * status.json}, one file of UTF-8 text for each report, gone once the agent has it. No port is
 * opened for it.
 *
 * <p>The agent's group and root may put a file there (0730); nobody else reaches what is in it, so
 * the files themselves may be read by all, and root's is no riddle to an agent that is not root. A
 * link is never followed: it would make the agent send what it points to.
 */
public final class ReportFolder {
  /** The longest text, in characters. */
  public static final int TEXT_LIMIT = 1_000;

  private static final int FILE_LIMIT_BYTES = 4 * TEXT_LIMIT;
  private static final int ROUND_LIMIT = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Set<PosixFilePermission> DROP_BOX =
      PosixFilePermissions.fromString("rwx-wx---");
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path folder;

  /** The folder below a run folder; nothing is made yet. */
  public ReportFolder(Path runDir) {
    this.folder = runDir.resolve("reports");
  }

  /**
   * Leaves a report, and waits until the agent has it.
   *
   * @throws IOException if this user may not, or no agent took it within 5 s; nothing is left
   */
  public void leave(String text, Time time) throws IOException {
    Path file = written(text);
    long limitMs = time.tickMs() + PATIENCE.toMillis();
    while (Files.exists(file)) {
      if (time.tickMs() > limitMs && Files.deleteIfExists(file)) {
        throw new IOException(
            "the agent did not take the report within "
                + PATIENCE.toSeconds()
                + " s: it hangs. Try: sudo systemctl restart streetbox");
      }
      time.sleep(POLL);
    }
  }

  private Path written(String text) throws IOException {
    try {
      String name = "report-" + UUID.randomUUID();
      Path draft = folder.resolve("." + name);
      Files.writeString(draft, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      permit(draft, READABLE);
      Path file = folder.resolve(name + ".txt");
      return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AccessDeniedException e) {
      throw new IOException(
          folder + " may not be written by this user. Try: sudo streetbox report", e);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "there is no " + folder + ": no agent runs. Try: sudo systemctl start streetbox", e);
    }
  }

  /** Sets permissions; of a link, which would be somebody else's file, none. */
  private static void permit(Path file, Set<PosixFilePermission> permissions) throws IOException {
    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(permissions);
  }

  /** Makes the folder, or empties it: what lies there is of an earlier boot and has no time. */
  void open() throws IOException {
    Files.createDirectories(folder);
    permit(folder, DROP_BOX);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /**
   * Takes what was left since the last call, ten at most.
   *
   * @throws TextFormatException if one is no report: it is gone then, the others come with the next
   *     call
   * @throws IOException if the folder cannot be read, or a file not be removed: it is not taken
   */
  List<String> take() throws IOException {
    List<String> texts = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
      for (Path file : files) {
        if (texts.size() == ROUND_LIMIT) {
          return texts;
        }
        if (!isReport(file)) {
          Files.delete(file);
          throw new TextFormatException(
              "refused what was left there as a report: no short text file");
        }
        String text = text(file);
        Files.delete(file);
        texts.add(text);
      }
    }
    return texts;
  }

  private static boolean isReport(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isRegularFile() && attributes.size() <= FILE_LIMIT_BYTES;
  }

  private static String text(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(FILE_LIMIT_BYTES);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (channel.read(bytes) > 0) {
        // A short file comes at once; the rest is for form's sake.
      }
    }
    String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
