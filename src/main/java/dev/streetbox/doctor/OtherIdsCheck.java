package dev.streetbox.doctor;

import dev.streetbox.agent.BoardSerial;
import dev.streetbox.agent.Config;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.outbox.Depth;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks whether the data folder was used on another board, or holds unsent rows that were measured
 * under another box id or on another board.
 */
final class OtherIdsCheck {
  private static final String ROWS = "rows";

  private static final String BOARD = "board";

  private final Config config;
  private final Path root;

  /**
   * Reads nothing yet.
   *
   * @param root the file system's root
   */
  OtherIdsCheck(Config config, Path root) {
    this.config = config;
    this.root = root;
  }

  /** Reads ids, boards and store; finds nothing if there is no store yet. */
  List<Finding> findings() {
    if (!Files.exists(config.store().dataDir().resolve("outbox.db"))) {
      return List.of();
    }
    try {
      Path dataDir = config.store().dataDir();
      BoxIds ids = BoxIds.of(dataDir, config.boxId());
      List<Finding> findings = new ArrayList<>();
      unsentOfOthers(ids, config.boxId()).forEach((id, rows) -> findings.add(waiting(id, rows)));
      Optional<String> board = BoardSerial.shortened(root);
      if (board.isPresent()) {
        BoxIds boards = BoxIds.boards(dataDir, board.get());
        findings.addAll(ofBoards(boards, board.get()));
      }
      return findings;
    } catch (IOException e) {
      return List.of(
          Finding.warn(
              ROWS,
              String.valueOf(e.getMessage()),
              "the store cannot be read",
              "streetbox status"));
    }
  }

  /** Returns the number of unsent rows by each name but the present one. */
  private Map<String, Long> unsentOfOthers(BoxIds names, String present) throws IOException {
    Map<String, Long> unsent = new TreeMap<>();
    for (Depth.OfBoot boot : StoreView.depth(config.store().dataDir()).boots()) {
      if (boot.unacknowledged() > 0) {
        unsent.merge(names.of(boot.boot()), boot.unacknowledged(), Long::sum);
      }
    }
    unsent.remove(present);
    return unsent;
  }

  private List<Finding> ofBoards(BoxIds boards, String present) throws IOException {
    List<Finding> findings = new ArrayList<>();
    if (boards.last().filter(last -> !last.equals(present)).isPresent()) {
      findings.add(
          Finding.warn(
              BOARD,
              "the data folder was last used on another board, serial number "
                  + boards.last().get(),
              "the card comes from another box, or the board was replaced",
              "type the box's own id in [box]; then: sudo systemctl restart streetbox"));
    }
    unsentOfOthers(boards, present)
        .forEach(
            (board, rows) ->
                findings.add(
                    Finding.warn(
                        BOARD,
                        "%d unsent rows were measured on another board, serial number %s"
                            .formatted(rows, board),
                        "the card comes from another box, or the board was replaced",
                        "streetbox outbox export; or let them be sent under their id")));
    return findings;
  }

  private static Finding waiting(String id, long rows) {
    return Finding.warn(
        ROWS,
        "%d unsent rows were measured under the id %s".formatted(rows, id),
        "the id was changed, or the card comes from another box; the rows are sent under that id,"
            + " if the broker allows it",
        "streetbox outbox export; or let the broker's ACL allow both ids");
  }
}
