package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps under which box id each boot measured, in file {@code ids} of the data folder: one line a
 * change, {@code 41 sb-0042}, for that boot and all later ones. A folder without the file belongs
 * to the id that opens it first. The file is durable before the first row of a boot is. Safe for
 * every thread.
 */
public final class BoxIds {
  private static final String NAME = "ids";

  private final Path dataDir;
  private final String id;
  private final NavigableMap<Integer, String> since;
  private boolean stored;

  private BoxIds(Path dataDir, String id, NavigableMap<Integer, String> since) {
    this.dataDir = dataDir;
    this.id = id;
    this.since = since;
  }

  /**
   * Reads the ids of a data folder.
   *
   * @param id the box's present id
   * @throws IOException if the file cannot be read, or holds anything but ids
   */
  public static BoxIds of(Path dataDir, String id) throws IOException {
    NavigableMap<Integer, String> since = new TreeMap<>();
    Path file = dataDir.resolve(NAME);
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (!line.matches("\\d{1,10} [a-z0-9-]{3,32}")) {
          throw new DamagedException(file + " is damaged. To give all rows to " + id + ": rm");
        }
        String[] words = line.split(" ", 2);
        since.put(Integer.parseInt(words[0]), words[1]);
      }
    } catch (NoSuchFileException e) {
      // The folder belongs to this id.
    } catch (NumberFormatException e) {
      throw new DamagedException(file + " is damaged. To give all rows to " + id + ": rm", e);
    }
    return new BoxIds(dataDir, id, since);
  }

  /** Gives all boots of a folder to one id; stores nothing. */
  public static BoxIds only(String id) {
    BoxIds ids = new BoxIds(Path.of(""), id, new TreeMap<>());
    ids.stored = true;
    return ids;
  }

  /** Notes that a boot measures under the present id; {@link #store} makes it durable. */
  public synchronized void begin(int boot) {
    boolean drawn = boot >= BootFile.FIRST_DRAWN;
    if (since.isEmpty() && !drawn) {
      since.put(1, id);
    } else if (drawn || !of(boot).equals(id)) {
      since.put(boot, id);
    } else {
      stored = true;
    }
  }

  /**
   * Makes the ids durable, unless they are.
   *
   * @throws IOException if the file cannot be written; no row of this boot may be stored then
   */
  public synchronized void store() throws IOException {
    if (stored) {
      return;
    }
    PrivateFiles.folder(dataDir);
    PrivateFiles.replace(
        dataDir.resolve(NAME),
        since.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining()));
    stored = true;
  }

  /** Returns the id under which a boot measured. */
  public synchronized String of(int boot) {
    if (boot >= BootFile.FIRST_DRAWN) {
      return since.getOrDefault(boot, id);
    }
    NavigableMap<Integer, String> counted = since.headMap(boot, true);
    return counted.isEmpty() ? id : counted.lastEntry().getValue();
  }

  /** Returns the id that measured last before the present one; empty if there was no other. */
  public synchronized Optional<String> former() {
    return since.headMap(BootFile.FIRST_DRAWN, false).descendingMap().values().stream()
        .filter(other -> !other.equals(id))
        .findFirst();
  }
}
