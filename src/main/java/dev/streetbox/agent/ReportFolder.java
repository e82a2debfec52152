package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.PrintableText;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Passes reports of {@code streetbox report} to the running agent, in folder {@code reports} beside
 * {@code status.json}: one file of UTF-8 text a report, deleted by the agent when it has taken the
 * report. No port is opened for this.
 *
 * <p>The agent's group and root may create files there (0730). Because nobody else can enter the
 * folder, its files may be readable by all (0644), so that an agent that is not root can read
 * root's file. Links are never followed, because the agent would publish the file that a link
 * points to.
 */
public final class ReportFolder {
  /** Limits a report's text, in characters. */
  public static final int TEXT_LIMIT = 1_000;

  /**
   * Holds a submitted report.
   *
   * @param reference by which its sender recognises it in {@code status.json}
   * @param text one line, possibly empty
   */
  record Submission(String reference, String text) {}

  private static final int FILE_LIMIT_BYTES = 4 * TEXT_LIMIT;
  private static final int ROUND_LIMIT = 10;
  private static final Duration TAKE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Set<PosixFilePermission> FOLDER_MODE =
      PosixFilePermissions.fromString("rwx-wx---");
  private static final Set<PosixFilePermission> FILE_MODE =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path folder;
  private final Set<Path> refused = new HashSet<>();

  /** Refers to folder {@code reports} below a run folder; makes nothing yet. */
  public ReportFolder(Path runDir) {
    this.folder = runDir.resolve("reports");
  }

  /** Returns the folder. */
  Path path() {
    return folder;
  }

  /**
   * Submits a report, and waits until the agent has taken it.
   *
   * @return the reference by which the report is found in {@code status.json}
   * @throws IOException if this user may not write there, or no agent took the report within 5 s;
   *     no file is left
   */
  public String submit(String text, Time time) throws IOException {
    Path file = writeReport(text);
    long limitMs = time.tickMs() + TAKE_TIMEOUT.toMillis();
    while (Files.exists(file)) {
      if (time.tickMs() > limitMs && Files.deleteIfExists(file)) {
        throw new IOException(
            "the agent did not take the report within "
                + TAKE_TIMEOUT.toSeconds()
                + " s: it hangs. Try: sudo systemctl restart streetbox");
      }
      time.sleep(POLL);
    }
    return reference(file);
  }

  private static String reference(Path file) {
    return file.getFileName().toString().replaceAll("^report-|[.]txt$", "");
  }

  private Path writeReport(String text) throws IOException {
    try {
      String name = "report-" + UUID.randomUUID();
      Path draft = folder.resolve("." + name);
      Files.writeString(draft, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      permit(draft, FILE_MODE);
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

  /** Sets a file's permissions; does not follow links, which may point to another user's file. */
  private static void permit(Path file, Set<PosixFilePermission> permissions) throws IOException {
    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(permissions);
  }

  /** Makes the folder, or empties it, because a report of an earlier boot has no time. */
  void open() throws IOException {
    openWithReports();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        discard(file);
      }
    }
  }

  /**
   * Makes the folder if it is missing, and leaves its reports: with privacy zones boots follow each
   * other within seconds, and a report of these seconds is to be taken by the next one.
   */
  void openWithReports() throws IOException {
    Files.createDirectories(folder);
    permit(folder, FOLDER_MODE);
  }

  /**
   * Takes the reports submitted since the last call, ten at most.
   *
   * @throws TextFormatException if a file is no report; this file is deleted or, if it is a folder
   *     with files, never looked at again, and the others are taken by the next call
   * @throws IOException if the folder cannot be read or a file not be deleted; that file's report
   *     is not taken
   */
  List<Submission> take() throws IOException {
    List<Submission> texts = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
      for (Path file : files) {
        if (texts.size() == ROUND_LIMIT) {
          return texts;
        }
        if (refused.contains(file)) {
          continue;
        }
        if (!isReport(file)) {
          discard(file);
          throw new TextFormatException(
              "refused a file: a report is a text file of at most " + FILE_LIMIT_BYTES + " bytes");
        }
        String text = text(file);
        Files.delete(file);
        texts.add(new Submission(reference(file), text));
      }
    }
    return texts;
  }

  /** Deletes what is no report, or remembers a folder that cannot be deleted as it has files. */
  private void discard(Path file) throws IOException {
    try {
      Files.delete(file);
    } catch (DirectoryNotEmptyException e) {
      refused.add(file);
    }
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
        // One read fills the buffer with so short a file; the loop covers a short read.
      }
    }
    String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    return PrintableText.of(text, TEXT_LIMIT).replaceAll(" +", " ").strip();
  }
}
