package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps under which box id each boot measured, in file {@code ids} of the data folder: one line a
 * change, {@code 41 sb-0042}, for that boot and all later ones. A folder without the file belongs
 * to the id that opens it first. The file is durable before the first row of a boot is. File {@code
 * boards} keeps in the same form on which board each boot measured. Safe for every thread.
 */
public final class BoxIds {
  /** The place of faults of the file. */
  public static final String PLACE = "box ids";

  private static final String NAME = "ids";
  private static final String BOARDS = "boards";

  private final Path file;
  private final String id;
  private final NavigableMap<Integer, String> since;
  private boolean stored;

  /** The running boot if the file could not be read when the boot began; 0 otherwise. */
  private int unread;

  private BoxIds(Path file, String id, NavigableMap<Integer, String> since) {
    this.file = file;
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
    return read(dataDir.resolve(NAME), id);
  }

  /**
   * Reads the boards of a data folder.
   *
   * @param board the present board's serial number, 3 to 32 of {@code a-z 0-9}
   * @throws IOException if the file cannot be read, or holds anything but boards
   */
  public static BoxIds boards(Path dataDir, String board) throws IOException {
    return read(dataDir.resolve(BOARDS), board);
  }

  private static BoxIds read(Path file, String id) throws IOException {
    return new BoxIds(file, id, lines(file, id));
  }

  /**
   * Begins a boot although the ids of a folder cannot be read: {@link #store} reads them again, and
   * throws as long as they cannot be read, so that the folder's store is not opened and no row of
   * an earlier boot is sent under a wrong id.
   */
  public static BoxIds unread(Path dataDir, String id, int boot) {
    BoxIds ids = new BoxIds(dataDir.resolve(NAME), id, new TreeMap<>());
    ids.unread = boot;
    return ids;
  }

  private static NavigableMap<Integer, String> lines(Path file, String id) throws IOException {
    NavigableMap<Integer, String> since = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (!line.matches("\\d{1,10} [a-z0-9-]{3,32}")) {
          throw damaged(file, id);
        }
        String[] words = line.split(" ", 2);
        since.put(Integer.parseInt(words[0]), words[1]);
      }
    } catch (NoSuchFileException e) {
      // The folder belongs to this id.
    } catch (NumberFormatException e) {
      throw damaged(file, id);
    } catch (FileSystemException e) {
      throw DiskErrors.explain(file, "read", e);
    }
    return since;
  }

  private static DamagedException damaged(Path file, String id) {
    return new DamagedException(
        file + " is damaged. Try: rm " + file + ", which gives all earlier rows to " + id);
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
   * @throws IOException if the file cannot be read or written; no row of this boot may be stored
   *     then
   */
  public synchronized void store() throws IOException {
    if (stored) {
      return;
    }
    if (unread != 0) {
      try {
        since.putAll(lines(file, id));
      } catch (DamagedException e) {
        throw new IOException(e.getMessage(), e); // It is the file that is damaged, not the store.
      }
      int boot = unread;
      unread = 0;
      begin(boot);
    }
    if (stored) {
      return;
    }
    PrivateFiles.folder(file.getParent());
    PrivateFiles.replace(
        file,
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

  /** Returns the id that the file names last, of the counted boots; empty if there is no file. */
  public synchronized Optional<String> last() {
    return Optional.ofNullable(since.headMap(BootFile.FIRST_DRAWN, false).lastEntry())
        .map(Map.Entry::getValue);
  }

  /** Returns the id that measured last before the present one; empty if there was no other. */
  public synchronized Optional<String> former() {
    return since.headMap(BootFile.FIRST_DRAWN, false).descendingMap().values().stream()
        .filter(other -> !other.equals(id))
        .findFirst();
  }
}
