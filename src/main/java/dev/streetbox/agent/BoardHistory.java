package dev.streetbox.agent;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Notes on which board a data folder is used, in its file {@code boards}, because a card with a
 * fixed id that is put into another board would otherwise measure there unseen. Used by one thread.
 */
final class BoardHistory {
  private static final String PLACE = "board";

  private final Path dataDir;
  private final Path root;
  private final Faults faults;

  /**
   * Reads nothing yet.
   *
   * @param root the file system's root
   */
  BoardHistory(Path dataDir, Path root, Faults faults) {
    this.dataDir = dataDir;
    this.root = root;
    this.faults = faults;
  }

  /**
   * Notes the present board, durable when this returns. Raises a fault, which holds until the next
   * boot, if the boot before was on another board, or unsent rows may be of another one; a board
   * without a serial number is not noted.
   *
   * @param boot the boot that starts now
   * @param id the box's id
   */
  void begin(int boot, String id) {
    Optional<String> present = BoardSerial.shortened(root);
    if (present.isEmpty()) {
      return;
    }
    try {
      BoxIds boards = BoxIds.boards(dataDir, present.get());
      Optional<String> other =
          boards.last().filter(last -> !last.equals(present.get())).or(() -> unsent(boards, boot));
      other.ifPresentOrElse(board -> raise(board, present.get(), id), () -> faults.clear(PLACE));
      boards.begin(boot);
      boards.store();
    } catch (IOException e) {
      faults.raise(
          Subsystem.STORE, PLACE, "a change of the board is not noticed: " + e.getMessage(), 0);
    }
  }

  /** Returns the other board of the oldest boot that may have something left to send. */
  private Optional<String> unsent(BoxIds boards, int boot) {
    return BootFile.expected(dataDir, boot).stream()
        .map(boards::of)
        .filter(board -> !BoardSerial.shortened(root).equals(Optional.of(board)))
        .findFirst();
  }

  private void raise(String other, String present, String id) {
    faults.raise(
        Subsystem.STORE,
        PLACE,
        "%s was used on another board (serial number %s, now %s): new rows are sent as %s. %s"
            .formatted(dataDir, end(other), end(present), id, "Try: streetbox doctor"),
        0);
  }

  /** Returns the last four digits, which tell boards apart. */
  private static String end(String serial) {
    return "…" + serial.substring(serial.length() - 4);
  }
}
