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
 * Keeps what a part needs to find again after a restart in a small file of the data folder; the
 * duty that reads the file once and writes it now and then. A power cut costs what is newer than
 * the last write. Used by the duty's thread.
 */
final class PersistedState {
  /** Holds the state; called by the duty's thread, while the part's own thread changes it. */
  interface Content {
    /** Returns what the part does without the file, as {@code counting anew}. */
    String withoutFile();

    /**
     * Takes what the file says.
     *
     * @throws TextFormatException if it says nothing of this kind; nothing is taken then
     */
    void restore(String text) throws TextFormatException;

    /** Returns what the file is to say now; empty if there is nothing to be kept. */
    Optional<String> text();
  }

  private final Path file;
  private final Duration writeEvery;
  private final Content content;
  private final Time time;
  private final Faults faults;
  private String onDisk = "";
  private boolean read;

  /**
   * Reads nothing yet.
   *
   * @param file absent at first
   * @param writeEvery how often the file is written at most: it spares the card
   */
  PersistedState(Path file, Duration writeEvery, Content content, Time time, Faults faults) {
    this.file = file;
    this.writeEvery = writeEvery;
    this.content = content;
    this.time = time;
    this.faults = faults;
  }

  /** Returns what it is called among the duties and in faults. */
  String name() {
    return file.getFileName().toString();
  }

  /** Reads the file at first; later writes it if something is new. */
  Duration cycle() {
    if (read) {
      write();
    } else {
      read = true;
      read();
    }
    return writeEvery;
  }

  /** Writes what is new; a file that was never read stays as it is. */
  void close() {
    if (read) {
      write();
    }
  }

  private void read() {
    try {
      String text = Files.readString(file);
      content.restore(text);
      onDisk = text;
    } catch (NoSuchFileException e) {
      // As it should be at the first start.
    } catch (IOException e) {
      String text = "cannot be read, " + content.withoutFile() + ": " + e.getMessage();
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
