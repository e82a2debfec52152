package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.PrivateFiles;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a part's state across restarts in a small file of the data folder: a duty that reads the
 * file once and rewrites it periodically. A power cut loses the changes since the last write. Used
 * by the duty's thread.
 */
final class PersistedState {
  /** Holds the state; called by the duty's thread while the part's own thread changes the state. */
  interface Content {
    /**
     * Returns the effect of an unreadable file, for the fault's text, as {@code its learning
     * restarts}.
     */
    String effectOfMissingFile();

    /**
     * Takes the file's content over.
     *
     * @throws TextFormatException if the text is not of this kind; the state is unchanged then
     */
    void restore(String text) throws TextFormatException;

    /** Returns the file's new content; empty if there is nothing to keep. */
    Optional<String> text();
  }

  private final Path file;
  private final Duration writeEvery;
  private final Content content;
  private final Time time;
  private final Faults faults;
  private String onDisk = "";
  private boolean wasRead;

  /**
   * Makes the duty; reads nothing yet.
   *
   * @param file may be absent
   * @param writeEvery the shortest time between two writes, to limit wear of the card
   */
  PersistedState(Path file, Duration writeEvery, Content content, Time time, Faults faults) {
    this.file = file;
    this.writeEvery = writeEvery;
    this.content = content;
    this.time = time;
    this.faults = faults;
  }

  /** Returns the file's name, which names the duty and the place of its faults. */
  String name() {
    return file.getFileName().toString();
  }

  /** Reads the file in the first cycle; in later ones writes it if its content changed. */
  Duration cycle() {
    if (wasRead) {
      write();
    } else {
      wasRead = true;
      read();
    }
    return writeEvery;
  }

  /** Writes the content if it changed; leaves a file alone that was never read. */
  void close() {
    if (wasRead) {
      write();
    }
  }

  private void read() {
    try {
      String text = Files.readString(file);
      content.restore(text);
      onDisk = text;
    } catch (NoSuchFileException e) {
      // Normal at the first start.
    } catch (IOException e) {
      String text = "cannot be read, " + content.effectOfMissingFile() + ": " + e.getMessage();
      faults.raise(Subsystem.STORE, name(), text, time.tickMs());
    }
  }

  private void write() {
    Optional<String> text = content.text();
    if (text.isEmpty() || text.get().equals(onDisk)) {
      return;
    }
    try {
      PrivateFiles.replace(file, text.get());
      onDisk = text.get();
      faults.clear(name());
    } catch (IOException e) {
      faults.raise(Subsystem.STORE, name(), "cannot be written: " + e.getMessage(), time.tickMs());
    }
  }
}
