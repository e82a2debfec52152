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

/** Makes files that only the box's own user may read, because rows say where a courier was. */
public final class PrivateFiles {
  private static final String DRAFT = ".tmp";

  private PrivateFiles() {}

  /** Makes the folder, 0700, if it is missing; one that exists keeps its permissions. */
  public static void folder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder, permissions("rwx------"));
    } catch (FileSystemException e) {
      throw DiskErrors.explain(folder, "made", e);
    }
  }

  /** Makes the file, empty, 0600 and of its folder's owner, if it is missing. */
  public static Path file(Path file) throws IOException {
    try {
      Files.createFile(file, permissions("rw-------"));
      own(file);
    } catch (FileAlreadyExistsException e) {
      // The file exists from the second start on.
    } catch (FileSystemException e) {
      throw DiskErrors.explain(file, "made", e);
    }
    return file;
  }

  /** Gives a file that root made to its folder's owner, so that the agent can read the file. */
  private static void own(Path file) throws IOException {
    UserPrincipal owner = Files.getOwner(file.toAbsolutePath().getParent());
    FileOwnerAttributeView view =
        Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      if (!owner.equals(view.getOwner())) {
        view.setOwner(owner);
      }
    } catch (FileSystemException e) {
      // Only root may change the owner; another user's file in a foreign folder stays that user's.
    }
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /** Makes a folder's entries durable, because a power cut may undo a rename without it. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw DiskErrors.explain(folder, "made durable", e);
    }
  }

  /**
   * Replaces a file's content, or makes the file (0600). After a power cut the old or the new
   * content is there, complete; the new one is durable when this returns. Root may call this in
   * another user's folder, because the content is first written to a new file with a random name
   * and no link is followed.
   *
   * @throws IOException if the file cannot be written; its content is then unchanged
   */
  public static void replace(Path file, String content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + DRAFT);
    try {
      write(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteDraft(draft);
      throw DiskErrors.explain(file, "written", e);
    }
    sync(file.getParent());
  }

  private static void deleteDraft(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // The next start deletes it.
    }
  }

  private static void write(Path draft, String content) throws IOException {
    Set<OpenOption> made = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(draft, made, permissions("rw-------"))) {
      own(draft);
      channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
  }

  /**
   * Deletes the new files of replacements that a power cut interrupted. Only for the process that
   * has claimed the folder. A command that replaces a file there at this moment fails and can be
   * repeated.
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
