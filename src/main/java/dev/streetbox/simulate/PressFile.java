package dev.streetbox.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads what a person or a test does to the simulated button: a file with the name of a {@link
 * SwitchAction}, which is deleted when it has been read. Used by the button's thread.
 */
final class PressFile {
  /** The file's name in the run folder. */
  static final String NAME = "simulated-press";

  private final Optional<Path> file;

  /** Reads a file, which may be absent; nothing is read if there is no path. */
  PressFile(Optional<Path> file) {
    this.file = file;
  }

  /**
   * Returns the action since the last call, if there was one; an unreadable file is passed over.
   */
  Optional<SwitchAction> action() {
    if (file.isEmpty() || !Files.exists(file.get())) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file.get()).strip();
      Files.delete(file.get());
      return SwitchAction.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
