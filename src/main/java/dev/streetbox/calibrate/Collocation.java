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
 * When a box stands beside a reference station: file {@code collocation} in its data folder, two
 * lines of time, the second one missing until it is over.
 *
 * @param from its beginning
 * @param to its end, {@link Instant#MAX} while it lasts
 */
public record Collocation(Instant from, Instant to) {
  private static final String NAME = "collocation";

  /** One that begins. */
  public static Collocation from(Instant now) {
    return new Collocation(now, Instant.MAX);
  }

  /** The last one of a data folder, if there was one. */
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

  /** Whether it has not ended. */
  public boolean isOngoing() {
    return to.equals(Instant.MAX);
  }

  /** The same one, ended. */
  public Collocation endedAt(Instant now) {
    return new Collocation(from, now);
  }

  /** Takes the place of the last one. */
  public void write(Path dataDir) throws IOException {
    PrivateFiles.replace(dataDir.resolve(NAME), from + "\n" + (isOngoing() ? "" : to + "\n"));
  }
}
