package dev.streetbox.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Depth;
import dev.streetbox.outbox.StoreAccount;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks one box by its store: committed rows stay, and the subscriber receives every one of them.
 */
final class StoreCheck {
  /** Tells how a boot ended. */
  enum End {
    /** Ended by SIGKILL: the next boot must declare the rows lost that were not durable. */
    KILLED,
    /** Ended by SIGKILL after SIGTERM: the rows may be durable or not. */
    EITHER,
    /** Ended regularly: every row is durable. */
    CLEAN
  }

  private static final int BATCH_ROWS = 60;

  private final String box;
  private final Path dataDir;
  private final Path copyDir;
  private final DeliveredRows delivered;
  private final Map<Integer, Long> durable = new TreeMap<>();
  private final Map<Integer, Long> acknowledged = new TreeMap<>();
  private final Map<Integer, End> ends = new TreeMap<>();

  /**
   * Checks nothing yet.
   *
   * @param dataDir the data folder of the box
   * @param copyDir a folder for a copy of the store
   */
  StoreCheck(String box, Path dataDir, Path copyDir, DeliveredRows delivered) {
    this.box = box;
    this.dataDir = dataDir;
    this.copyDir = copyDir;
    this.delivered = delivered;
  }

  /** Checks the store of a running box, if the box has created the tables. */
  void checkRunning() throws IOException {
    if (hasTables(dataDir)) {
      check(dataDir);
    }
  }

  /** Checks a copy of the store of an ended box, so that the check does not change the store. */
  void checkEnded(End end) throws IOException {
    if (!Files.exists(dataDir.resolve("boot"))) {
      return;
    }
    String counted = Files.readString(dataDir.resolve("boot"));
    int boot = Integer.parseInt(counted.replaceFirst(" (?s:.*)", "").strip());
    // A process that was killed before it counted its boot ended no boot.
    ends.putIfAbsent(boot, end);
    for (String name : List.of("outbox.db", "outbox.db-wal")) {
      Files.deleteIfExists(copyDir.resolve(name));
      if (Files.exists(dataDir.resolve(name))) {
        Files.copy(
            dataDir.resolve(name), copyDir.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.deleteIfExists(copyDir.resolve("outbox.db-shm"));
    if (hasTables(copyDir)) {
      check(copyDir);
      compare(boot);
    } else {
      assertTrue(
          durable.values().stream().allMatch(last -> last == 0),
          () -> box + " had committed " + durable + " and the store is empty");
    }
    durable.putIfAbsent(boot, 0L);
  }

  /** Returns true if the store has its tables; fails if SQLite's integrity check does. */
  private boolean hasTables(Path dir) throws IOException {
    Path file = dir.resolve("outbox.db");
    if (!Files.exists(file)) {
      return false;
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + file + "?open_mode=1");
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      assertEquals("ok", first(statement, "PRAGMA integrity_check"), box);
      return !first(statement, "PRAGMA user_version").equals("0");
    } catch (SQLException e) {
      throw new IOException(box + ": the store does not open", e);
    }
  }

  private static String first(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  /** Fails if a row is missing that was committed at an earlier check. */
  private void check(Path dir) throws IOException {
    try (StoreView view = StoreView.open(dir)) {
      assertEquals(List.of(), view.check(), box);
      Map<Integer, Long> now = new TreeMap<>();
      for (StoreAccount storeAccount : view.accounts()) {
        assertEquals(0, storeAccount.unexplained(), box + " " + storeAccount);
        assertEquals(List.of(), storeAccount.drops(), box);
        now.put(storeAccount.boot(), storeAccount.sampled());
        acknowledged.put(storeAccount.boot(), storeAccount.acknowledged());
      }
      durable.forEach(
          (boot, last) ->
              assertTrue(
                  now.getOrDefault(boot, 0L) >= last,
                  () -> box + " had committed " + boot + "/" + last + " and has " + now));
      durable.putAll(now);
    }
  }

  private void compare(int boot) throws IOException {
    long last = durable.getOrDefault(boot, 0L);
    if (last == 0) {
      return;
    }
    try (StoreView view = StoreView.open(copyDir)) {
      List<Row> rows = view.rows(new Range(boot, 1, last));
      assertEquals(last, rows.size(), box + " has lost rows of boot " + boot);
      for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
        int to = Math.min(rows.size(), from + BATCH_ROWS);
        delivered.compare(box, batch(rows.subList(from, to), view.timeline(boot)));
      }
    }
  }

  /** Returns rows of one boot as the box sends them. */
  private String batch(List<Row> rows, Timeline timeline) throws IOException {
    return JsonText.object(
        json -> {
          json.writeStringField("box", box);
          json.writeNumberField("boot", rows.get(0).boot());
          json.writeNumberField("first", rows.get(0).seq());
          json.writeNumberField("last", rows.get(rows.size() - 1).seq());
          json.writeArrayFieldStart("rows");
          for (Row row : rows) {
            RowJson.writeSent(json, row, timeline);
          }
          json.writeEndArray();
        });
  }

  /** Returns true if the ended box has unsent rows or events. */
  boolean hasUnsent() throws IOException {
    Depth depth = StoreView.depth(dataDir);
    return depth.events() > 0 || depth.boots().stream().anyMatch(boot -> boot.unacknowledged() > 0);
  }

  /**
   * Returns a line for each row range that the subscriber lacks and each wrong declaration of loss,
   * of the ended boots. Each line has the number of rows that the store held as acknowledged at the
   * last check: acknowledged rows that the subscriber lacks were lost on the way, the others are
   * unsent.
   */
  List<String> violations() {
    List<String> complaints = new ArrayList<>();
    for (Map.Entry<Integer, End> entry : ends.entrySet()) {
      int boot = entry.getKey();
      long last = durable.getOrDefault(boot, 0L);
      String what =
          "%s/%d (%s, durable %d, acknowledged %d) "
              .formatted(box, boot, entry.getValue(), last, acknowledged.getOrDefault(boot, 0L));
      delivered
          .received(box, boot)
          .gaps(1, last)
          .forEach(gap -> complaints.add(what + "lacks " + gap));
      Set<Range> declared = delivered.losses(box, boot);
      Set<Range> tail = Set.of(new Range(boot, last + 1, Long.MAX_VALUE));
      boolean right =
          switch (entry.getValue()) {
            case KILLED -> declared.equals(tail);
            case EITHER -> tail.containsAll(declared);
            case CLEAN -> declared.isEmpty();
          };
      if (!right) {
        complaints.add(what + "is declared " + declared);
      }
    }
    return complaints;
  }
}
