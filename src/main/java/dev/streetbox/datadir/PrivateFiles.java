package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.UUID;

/** Files that only the box's own user reads: rows say where a courier was. */
public final class PrivateFiles {
  private static final String DRAFT = ".tmp";

  private PrivateFiles() {}

  /** Makes the folder, 0700, if it is missing; one that exists keeps its permissions. */
  public static void folder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder, permissions("rwx------"));
    } catch (FileSystemException e) {
      throw explained(folder, e);
    }
  }

  /** Makes the file, empty, 0600 and of its folder's owner, if it is missing. */
  public static Path file(Path file) throws IOException {
    try {
      Files.createFile(file, permissions("rw-------"));
      own(file);
    } catch (FileAlreadyExistsException e) {
      // As it should be from the second start on.
    } catch (FileSystemException e) {
      throw explained(file, e);
    }
    return file;
  }

  /** What root types beside the agent must stay readable for the agent. */
  private static void own(Path file) throws IOException {
    UserPrincipal owner = Files.getOwner(file.toAbsolutePath().getParent());
    FileOwnerAttributeView view =
        Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      if (!owner.equals(view.getOwner())) {
        view.setOwner(owner);
      }
    } catch (FileSystemException e) {
      // Only root may give a file away; for anybody else it is a file in another's folder.
    }
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /** The library's message is often no more than the name. */
  private static IOException explained(Path file, FileSystemException e) {
    String cause = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    return new IOException(
        file
            + " cannot be made ("
            + cause
            + "): another owner, a read-only or full disk, or a file"
            + " where a folder should be. Try: ls -ld "
            + file.getParent(),
        e);
  }

  /** Makes a folder's list of names durable: without it a power cut may undo a rename. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Replaces a file's content, or makes the file, 0600: whatever happens, the old or the new is
   * there, whole. Durable once this returns. Root may call it in a folder of another user: the
   * content is first written to a new file with a random name, and no link is followed.
   *
   * @throws IOException if it cannot be written; the file then stays as it was
   */
  public static void replace(Path file, String content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + DRAFT);
    try {
      write(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    sync(file.getParent());
  }

  private static void write(Path draft, String content) throws IOException {
    Set<OpenOption> made = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(draft, made, permissions("rw-------"))) {
      own(draft);
      channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    } catch (FileSystemException e) {
      throw explained(draft, e);
    }
  }

  /**
   * Deletes what a power cut left of files that were being replaced. Only for who has claimed the
   * folder; another command that replaces a file there just now fails, and can be typed again.
   */
  static void deleteDrafts(Path folder) throws IOException {
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, "*" + DRAFT)) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
