package dev.streetbox.calibrate;

import dev.streetbox.datadir.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Holds the time that a box is beside a reference station, from file {@code collocation} in its
 * data folder: the begin on one line and, once over, the end on a second line.
 *
 * @param from the begin
 * @param to the end, {@link Instant#MAX} while the collocation is ongoing
 */
public record Collocation(Instant from, Instant to) {
  private static final String NAME = "collocation";

  /** Begins a collocation. */
  public static Collocation from(Instant now) {
    return new Collocation(now, Instant.MAX);
  }

  /**
   * Reads the last collocation of a data folder, if there was one.
   *
   * @throws IOException if the file cannot be read or is damaged; the message names a damaged file
   */
  public static Optional<Collocation> read(Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    try {
      List<String> lines = Files.readAllLines(file);
      Instant to = lines.size() > 1 ? Instant.parse(lines.get(1)) : Instant.MAX;
      return Optional.of(new Collocation(Instant.parse(lines.get(0)), to));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      throw new IOException(file + " is damaged. Try: streetbox calibrate collocate start", e);
    }
  }

  /** Returns whether the collocation has not ended. */
  public boolean isOngoing() {
    return to.equals(Instant.MAX);
  }

  /** Returns this collocation with an end. */
  public Collocation endedAt(Instant now) {
    return new Collocation(from, now);
  }

  /** Replaces the data folder's last collocation. */
  public void write(Path dataDir) throws IOException {
    PrivateFiles.replace(dataDir.resolve(NAME), from + "\n" + (isOngoing() ? "" : to + "\n"));
  }
}
