package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/** Files that only the box's own user reads: rows say where a courier was. */
public final class PrivateFiles {
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
    try {
      if (!owner.equals(Files.getOwner(file))) {
        Files.setOwner(file, owner);
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
   * there, whole. Durable once this returns.
   *
   * @throws IOException if it cannot be written; the file then stays as it was
   */
  public static void replace(Path file, String content) throws IOException {
    Path temp = file(file.resolveSibling(file.getFileName() + ".tmp"));
    try (FileChannel channel =
        FileChannel.open(temp, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file.getParent());
  }
}
