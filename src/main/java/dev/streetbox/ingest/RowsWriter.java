package dev.streetbox.ingest;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.JsonTree;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/**
 * Writes batches: the lines of their boots, then all rows of a transaction by one COPY. Used by one
 * thread.
 */
final class RowsWriter {
  private final Connection connection;
  private final KnownBoots boots;

  /**
   * @param connection whose search path is the schema
   */
  RowsWriter(Connection connection, KnownBoots boots) {
    this.connection = connection;
    this.boots = boots;
  }

  /** Makes the temporary tables through which rows go. */
  void prepare() throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("create temp table incoming (like row) on commit delete rows");
      sql.execute(
          "create temp table added_rows (boot_id bigint, rows bigint, top bigint, came bigint)"
              + " on commit delete rows");
    }
  }

  /** Returns the line of a boot; makes it, outside of any transaction, if there is none. */
  KnownBoots.Line open(
      KnownBoots.Key key, long startMs, String source, BoxMessage.BatchDetails details)
      throws SQLException {
    var known = boots.find(key);
    if (known.isPresent() && (known.get().startMs().isPresent() || startMs == 0)) {
      return known.get();
    }
    try (PreparedStatement open =
        connection.prepareStatement("select * from open_boot(?, ?, ?, ?, ?, ?)")) {
      open.setString(1, key.box());
      open.setInt(2, key.boot());
      setTime(open, 3, startMs);
      open.setString(4, startMs == 0 ? null : source);
      setTime(open, 5, details.earliestStartMs());
      setTime(open, 6, details.latestStartMs());
      try (ResultSet found = open.executeQuery()) {
        found.next();
        Timestamp began = found.getTimestamp(2);
        KnownBoots.Line line =
            new KnownBoots.Line(
                found.getLong(1),
                began == null ? OptionalLong.empty() : OptionalLong.of(began.getTime()),
                !"est".equals(found.getString(3)),
                found.getBoolean(4),
                new KnownBoots.Limits(found.getBoolean(5), found.getBoolean(6)),
                found.getBoolean(7),
                found.getString(8));
        boots.put(key, line);
        return line;
      }
    }
  }

  /** Opens the boot of a batch. */
  KnownBoots.Line open(BoxMessage.Rows batch) throws SQLException {
    return open(
        new KnownBoots.Key(batch.box(), batch.boot()),
        BatchTimes.startMs(batch),
        BatchTimes.source(batch),
        batch.details());
  }

  /** Writes batches whose boots are open, within the transaction of the caller. */
  void write(List<BoxMessage.Rows> batches) throws SQLException, IOException {
    StringBuilder lines = new StringBuilder(batches.size() * 2_000);
    RowColumns columns = new RowColumns(lines);
    Map<Long, BoxMessage.Rows> toDate = new TreeMap<>();
    Map<Long, BoxMessage.Rows> toMark = new TreeMap<>();
    Set<KnownBoots.Key> changed = new HashSet<>();
    for (BoxMessage.Rows batch : batches) {
      KnownBoots.Key key = new KnownBoots.Key(batch.box(), batch.boot());
      KnownBoots.Line line = boots.find(key).orElseThrow();
      if (line.expired()) {
        continue;
      }
      if (BatchTimes.datesBoot(batch, line)) {
        toDate.merge(line.id(), batch, BatchTimes::better);
        changed.add(key);
      }
      if (marksBoot(batch, line)) {
        toMark.put(line.id(), batch);
        changed.add(key);
      }
      for (BoxMessage.SentRow row : batch.rows()) {
        columns.append(line.id(), BatchTimes.ageMs(row, batch, line), row);
      }
    }
    for (Map.Entry<Long, BoxMessage.Rows> boot : toDate.entrySet()) {
      date(boot.getKey(), boot.getValue());
    }
    for (Map.Entry<Long, BoxMessage.Rows> boot : toMark.entrySet()) {
      mark(boot.getKey(), boot.getValue());
    }
    copy(lines);
    changed.forEach(boots::remove);
  }

  /** Writes the declarations of losses that batches carry. */
  void writeDrops(BoxMessage.Rows batch, long bootId) throws SQLException {
    List<BoxMessage.DeclaredDrop> drops = new ArrayList<>(batch.drops());
    drops.sort(Comparator.comparingLong(drop -> drop.rows().first()));
    for (BoxMessage.DeclaredDrop drop : drops) {
      writeGap(bootId, drop.rows().first(), drop.rows().last(), drop.reason());
    }
  }

  /**
   * Writes a declaration of a loss.
   *
   * @param last the last row; {@link Long#MAX_VALUE} if the box cannot tell
   */
  void writeGap(long bootId, long first, long last, String reason) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into gap (boot_id, first, last, reason) values (?, ?, ?, ?)"
                + " on conflict do nothing")) {
      insert.setLong(1, bootId);
      insert.setLong(2, first);
      if (last == Long.MAX_VALUE) {
        insert.setNull(3, Types.BIGINT);
      } else {
        insert.setLong(3, last);
      }
      insert.setString(4, reason);
      insert.executeUpdate();
    }
  }

  /** Applies an event of kind time. */
  void correct(long bootId, BoxMessage.Times times, JsonTree event) throws SQLException {
    try (PreparedStatement correct =
        connection.prepareStatement("select correct_boot(?, ?, ?, ?, ?, ?)")) {
      correct.setLong(1, bootId);
      var revision = event.number("rev");
      if (revision.isPresent()) {
        correct.setLong(2, (long) revision.getAsDouble());
      } else {
        correct.setNull(2, Types.BIGINT);
      }
      setTime(correct, 3, millis(times.fields().get("t0")));
      correct.setString(4, BatchTimes.unquoted(times.fields().getOrDefault("tq", "est")));
      setTime(correct, 5, millis(times.fields().get("t0_min")));
      setTime(correct, 6, millis(times.fields().get("t0_max")));
      correct.execute();
    }
    boots.remove(new KnownBoots.Key(times.box(), times.boot()));
  }

  private static boolean marksBoot(BoxMessage.Rows batch, KnownBoots.Line line) {
    return (batch.simulated() && !line.simulated())
        || (!batch.rows().isEmpty() && !batch.details().calibration().equals(line.calibration()));
  }

  private void date(long bootId, BoxMessage.Rows batch) throws SQLException {
    try (PreparedStatement date = connection.prepareStatement("select date_boot(?, ?, ?, ?, ?)")) {
      date.setLong(1, bootId);
      setTime(date, 2, BatchTimes.startMs(batch));
      date.setString(3, BatchTimes.source(batch));
      setTime(date, 4, BatchTimes.isEstimate(batch) ? batch.details().earliestStartMs() : 0);
      setTime(date, 5, BatchTimes.isEstimate(batch) ? batch.details().latestStartMs() : 0);
      date.execute();
    }
  }

  /** Keeps that a boot is simulated, and the calibration of its last rows. */
  private void mark(long bootId, BoxMessage.Rows batch) throws SQLException {
    try (PreparedStatement mark =
        connection.prepareStatement(
            "update boot set simulated = simulated or ?, cal = nullif(?, '') where boot_id = ?")) {
      mark.setBoolean(1, batch.simulated());
      mark.setString(2, batch.details().calibration());
      mark.setLong(3, bootId);
      mark.executeUpdate();
    }
  }

  private void copy(StringBuilder lines) throws SQLException, IOException {
    if (lines.isEmpty()) {
      return;
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "copy incoming (" + RowColumns.NAMES + ") from stdin",
            new StringReader(lines.toString()));
    try (PreparedStatement store = connection.prepareStatement("select store_rows(?)")) {
      store.setString(1, RowColumns.NAMES);
      store.execute();
    }
  }

  private static long millis(String text) {
    return text == null ? 0 : Long.parseLong(text);
  }

  /** Sets a time in ms; null for 0. */
  static void setTime(PreparedStatement statement, int index, long ms) throws SQLException {
    if (ms == 0) {
      statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setTimestamp(index, new Timestamp(ms));
    }
  }
}
