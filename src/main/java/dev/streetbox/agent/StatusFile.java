package dev.streetbox.agent;

import dev.streetbox.measure.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces {@code status.json}, the running agent's state, as a whole, so that a reader never sees
 * half of it. The file lies on tmpfs and is not synced, because it has no use after a power cut.
 * Used by one thread.
 */
final class StatusFile {
  private final Path file;
  private final Path draft;

  /** Refers to {@code status.json} in a folder; the first write makes both. */
  StatusFile(Path runDir) {
    this.file = runDir.resolve("status.json");
    this.draft = runDir.resolve(".status.json.new");
  }

  /**
   * Replaces the file by one JSON object with these fields.
   *
   * @throws IOException if the folder is not writable; the file then stays as it was
   */
  void write(JsonText.Content fields) throws IOException {
    String text = JsonText.object(fields) + "\n";
    Files.createDirectories(file.getParent());
    // CREATE_NEW and no link followed: run may be typed by root in a folder that others write.
    Files.deleteIfExists(draft);
    Files.writeString(draft, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes the file, because an agent that ended has no state. */
  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
