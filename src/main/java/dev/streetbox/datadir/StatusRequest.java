package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Requests a fresh {@code status.json} of the running agent by an empty file, {@code
 * requests/status} beside it. The agent writes its state and then deletes the file. The agent's
 * group and root may create files there (0730), as in the folder of reports; nothing of them is
 * read.
 */
public final class StatusRequest {
  private final Path folder;
  private final Path file;

  /** Refers to folder {@code requests} below a run folder; makes nothing yet. */
  public StatusRequest(Path runDir) {
    this.folder = runDir.resolve("requests");
    this.file = folder.resolve("status");
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /**
   * Makes the folder, and deletes a request of before.
   *
   * @throws IOException if the folder cannot be made; the agent then writes its state on its own
   *     only
   */
  public void open() throws IOException {
    Files.createDirectories(folder);
    Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(PosixFilePermissions.fromString("rwx-wx---"));
    answer();
  }

  /**
   * Requests a fresh state, also if another reader has requested one that is not written yet.
   *
   * @return false if this user may not, or there is no folder
   */
  public boolean submit() {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns whether a request waits for its answer. */
  public boolean isPending() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Deletes the request after the state was written, or if nobody answers it.
   *
   * @throws IOException if the file cannot be deleted
   */
  public void answer() throws IOException {
    Files.deleteIfExists(file);
  }
}
