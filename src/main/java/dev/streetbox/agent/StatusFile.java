package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * {@code status.json}: the running agent's state, replaced as a whole each second, so that a reader
 * never sees half of it. It lies on tmpfs and is not synced: it is worth nothing after a power cut.
 * Used by one thread.
 */
final class StatusFile {
  private static final JsonFactory JSON = new JsonFactory();

  /** Writes a status as the fields of one JSON object. */
  @FunctionalInterface
  interface Content {
    /** Writes fields to a generator that stands inside the object. */
    void write(JsonGenerator json) throws IOException;
  }

  private final Path file;
  private final Path draft;

  /** The file {@code status.json} in that folder, which is made when it is first written. */
  StatusFile(Path runDir) {
    this.file = runDir.resolve("status.json");
    this.draft = runDir.resolve(".status.json.new");
  }

  /**
   * Replaces the file.
   *
   * @throws IOException if the folder is not writable; the file then stays as it was
   */
  void write(Content content) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    }
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(draft); // a new file: typed by root, run must not follow another's link
    Files.writeString(
        draft,
        text.append('\n').toString(),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes the file: an agent that ended has no state. */
  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
