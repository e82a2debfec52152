package dev.streetbox.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.outbox.Depth;
import dev.streetbox.outbox.StoreAccount;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.io.StringWriter;
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

/** Judges one box by its store: what was once committed, and what the far side must have of it. */
final class StoreJudge {
  /** How a boot ended. */
  enum End {
    /** By SIGKILL: the next boot must declare what was not durable. */
    KILLED,
    /** By SIGKILL after SIGTERM: whether it was done in time, the store knows. */
    EITHER,
    /** By itself: every row is durable. */
    CLEAN
  }

  private static final JsonFactory JSON = new JsonFactory();

  private final String box;
  private final Path dataDir;
  private final Path copyDir;
  private final Witness witness;
  private final Map<Integer, Long> durable = new TreeMap<>();
  private final Map<Integer, Long> acknowledged = new TreeMap<>();
  private final Map<Integer, End> ends = new TreeMap<>();

  /**
   * @param dataDir the box's
   * @param copyDir where a copy of its store may go
   */
  StoreJudge(String box, Path dataDir, Path copyDir, Witness witness) {
    this.box = box;
    this.dataDir = dataDir;
    this.copyDir = copyDir;
    this.witness = witness;
  }

  /** Reads beside the living box, if it has committed anything yet. */
  void look() throws IOException {
    if (hasTables(dataDir)) {
      check(dataDir);
    }
  }

  /** Judges what the box left behind; a copy, so that the next boot finds it untouched. */
  void judge(End end) throws IOException {
    if (!Files.exists(dataDir.resolve("boot"))) {
      return;
    }
    String counted = Files.readString(dataDir.resolve("boot"));
    int boot = Integer.parseInt(counted.replaceFirst(" (?s:.*)", "").strip());
    // One that died before it was counted ended no boot.
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
          () -> box + " had committed " + durable + " and has nothing");
    }
    durable.putIfAbsent(boot, 0L);
  }

  /** Asks SQLite itself: sound, and past the moment of its making. */
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

  /** Nothing that was committed at any earlier time is missing. */
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
    StringWriter text = new StringWriter();
    try (StoreView view = StoreView.open(copyDir);
        JsonGenerator json = JSON.createGenerator(text)) {
      List<Row> rows = view.rows(new Range(boot, 1, last));
      assertEquals(last, rows.size(), box + " has lost rows of boot " + boot);
      json.writeStartObject();
      json.writeStringField("box", box);
      json.writeNumberField("boot", boot);
      json.writeNumberField("first", 1);
      json.writeArrayFieldStart("rows");
      for (Row row : rows) {
        RowJson.writeSent(json, row, view.timeline(boot));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    witness.compare(box, text.toString());
  }

  /** Whether the box, which has ended, has something left for its next life to send. */
  boolean hasUnsent() throws IOException {
    Depth depth = StoreView.depth(dataDir);
    return depth.events() > 0 || depth.boots().stream().anyMatch(boot -> boot.unacknowledged() > 0);
  }

  /**
   * What the far side lacks or has been told wrongly, of the boots that have ended; with how many
   * rows the box's store took for delivered when it was last looked at: rows that are neither there
   * nor here were lost on the way, the others wait.
   */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (Map.Entry<Integer, End> entry : ends.entrySet()) {
      int boot = entry.getKey();
      long last = durable.getOrDefault(boot, 0L);
      String what =
          "%s/%d (%s, durable %d, acknowledged %d) "
              .formatted(box, boot, entry.getValue(), last, acknowledged.getOrDefault(boot, 0L));
      witness
          .received(box, boot)
          .gaps(1, last)
          .forEach(gap -> complaints.add(what + "lacks " + gap));
      Set<Range> declared = witness.losses(box, boot);
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
