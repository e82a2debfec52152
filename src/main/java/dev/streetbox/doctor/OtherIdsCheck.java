package dev.streetbox.doctor;

import dev.streetbox.agent.Config;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.outbox.Depth;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks whether the data folder holds unsent rows that were measured under another box id. */
final class OtherIdsCheck {
  private static final String ROWS = "rows";

  private final Config config;

  OtherIdsCheck(Config config) {
    this.config = config;
  }

  /** Reads ids and store; finds nothing if there is no store yet. */
  List<Finding> findings() {
    if (!Files.exists(config.store().dataDir().resolve("outbox.db"))) {
      return List.of();
    }
    try {
      BoxIds ids = BoxIds.of(config.store().dataDir(), config.boxId());
      Map<String, Long> unsent = new TreeMap<>();
      for (Depth.OfBoot boot : StoreView.depth(config.store().dataDir()).boots()) {
        if (boot.unacknowledged() > 0 && !ids.of(boot.boot()).equals(config.boxId())) {
          unsent.merge(ids.of(boot.boot()), boot.unacknowledged(), Long::sum);
        }
      }
      return unsent.entrySet().stream().map(of -> waiting(of.getKey(), of.getValue())).toList();
    } catch (IOException e) {
      return List.of(
          Finding.warn(
              ROWS,
              String.valueOf(e.getMessage()),
              "the store cannot be read",
              "streetbox status"));
    }
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
