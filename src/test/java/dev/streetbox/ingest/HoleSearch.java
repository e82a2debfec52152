package dev.streetbox.ingest;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks for holes in the tables of a test, as an ingest does once a minute. */
final class HoleSearch {
  private final DatabaseHoles holes = new DatabaseHoles(SentMessages.ROOT);
  private final BoxTables tables;

  /** Looks into these tables. */
  HoleSearch(BoxTables tables) {
    this.tables = tables;
  }

  /** Returns the commands that are due. */
  List<Message> commands() throws SQLException {
    return tables.use(holes::due);
  }

  /** Returns the ranges of the commands that are due, as {@code BOX BOOT FIRST LAST}. */
  List<String> due() throws IOException, SQLException {
    List<String> ranges = new ArrayList<>();
    for (Message command : commands()) {
      JsonTree args =
          JsonTree.parse(new String(command.payload(), StandardCharsets.UTF_8)).child("args");
      ranges.add(
          "%s %s %s %s"
              .formatted(
                  command.topic().split("/", -1)[2],
                  args.text("boot").orElseThrow(),
                  args.text("first").orElseThrow(),
                  args.text("last").orElseThrow()));
    }
    return ranges;
  }

  /** Makes every hole and pause a number of seconds older. */
  void pass(int seconds) throws SQLException {
    String older = "%1$s = %1$s - interval '" + seconds + " seconds'";
    tables.execute(
        "update hole set %s, %s"
            .formatted(older.formatted("found_at"), older.formatted("next_at")));
  }

  /** Returns the holes that are known, as {@code FIRST LAST}. */
  List<String> known() throws SQLException {
    return tables.lines("select first, last from hole order by boot_id, first");
  }
}
