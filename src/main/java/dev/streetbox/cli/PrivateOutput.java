package dev.streetbox.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Opens files for output that may contain a courier's positions: mode 0600 for any umask. */
final class PrivateOutput {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private PrivateOutput() {}

  /**
   * Creates a file of mode 0600 and opens it.
   *
   * @throws FileAlreadyExistsException if the name exists, also as a link
   * @throws IOException if the file cannot be created; no file is left
   */
  static OutputStream create(Path file) throws IOException {
    FileAttribute<?> own = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return Channels.newOutputStream(Files.newByteChannel(file, options, own));
  }

  /**
   * Creates a file, or empties one and sets its mode to 0600, and opens it as UTF-8. A device or a
   * pipe is opened with its mode unchanged.
   *
   * @throws FileSystemException if the file cannot be opened, or is a link to a file, which may
   *     belong to another user; the link's target is then unchanged
   */
  static PrintWriter replace(Path file) throws IOException {
    return new PrintWriter(new OutputStreamWriter(replaced(file), StandardCharsets.UTF_8));
  }

  private static OutputStream replaced(Path file) throws IOException {
    try {
      return create(file);
    } catch (FileAlreadyExistsException e) {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
      }
      PosixFileAttributeView view =
          Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      view.setPermissions(OWNER_ONLY);
      return Files.newOutputStream(
          file,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);
    }
  }
}
