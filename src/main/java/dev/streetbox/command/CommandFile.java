package dev.streetbox.command;

import dev.streetbox.datadir.PrivateFiles;
import dev.streetbox.datadir.StoredSection;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Stores commands and their effects together in file {@code commands} of the data folder, so that
 * after a power cut both are there or neither is. Used by one thread after {@link #load}.
 */
public final class CommandFile {
  private static final int VERSION = 1;

  private final Path file;
  private final CommandMemory memory = new CommandMemory();
  private final List<StoredSection> sections;
  private boolean loaded;
  private String onDisk = "";

  /**
   * Creates a store and reads nothing.
   *
   * @param sections what commands change, each under its own name
   */
  public CommandFile(Path dataDir, List<StoredSection> sections) {
    this.file = dataDir.resolve("commands");
    this.sections = List.copyOf(sections);
  }

  /**
   * Reads one section only, for a box that does no commands; nothing if there is no file.
   *
   * @throws IOException if the file cannot be read, or is no such file
   */
  public static void read(Path dataDir, StoredSection section) throws IOException {
    CommandFile file = new CommandFile(dataDir, List.of(section));
    Optional<String> fault = file.load();
    if (fault.isPresent()) {
      throw new TextFormatException(fault.get());
    }
  }

  /** Returns the commands that were done. */
  CommandMemory memory() {
    return memory;
  }

  /**
   * Reads the file into memory and sections, if there is one.
   *
   * @return why the content of the file is lost, if it is no such file; it is then replaced
   * @throws IOException if the file cannot be read; nothing is saved until it can
   */
  Optional<String> load() throws IOException {
    if (loaded) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      restore(JsonTree.parse(text));
      onDisk = text;
    } catch (NoSuchFileException e) {
      // Normal until the first command.
    } catch (TextFormatException | CharacterCodingException e) {
      loaded = true;
      return Optional.of("it is unknown which commands were done: " + e.getMessage());
    }
    loaded = true;
    return Optional.empty();
  }

  private void restore(JsonTree tree) {
    memory.restore(tree.children("done"));
    sections.forEach(
        section -> {
          if (tree.childNames().contains(section.key())) {
            section.restore(tree.child(section.key()));
          }
        });
  }

  /** Makes the present content durable, if it has changed. */
  void save() throws IOException {
    load();
    String text = text();
    if (!text.equals(onDisk) && !(onDisk.isEmpty() && isEmpty())) {
      PrivateFiles.replace(file, text);
      onDisk = text;
    }
  }

  private boolean isEmpty() {
    return memory.content().isEmpty()
        && sections.stream().allMatch(section -> section.content().isEmpty());
  }

  private String text() {
    return JsonText.object(
        json -> {
          json.writeNumberField("v", VERSION);
          json.writeFieldName("done");
          JsonValue.write(json, memory.content());
          for (StoredSection section : sections) {
            json.writeFieldName(section.key());
            JsonValue.write(json, section.content());
          }
        });
  }
}
