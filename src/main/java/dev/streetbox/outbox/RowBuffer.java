package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest rows of the running boot: all that are not durable, and some that are. Guarded by the
 * {@link Outbox} it is in.
 */
final class RowBuffer {
  private final int capacity;
  private final int recent;
  private final NavigableMap<Long, Row> rows = new TreeMap<>();
  private long newest;
  private long durable;

  /**
   * An empty memory.
   *
   * @param capacity it never holds more rows
   * @param recent how many rows stay although they are durable
   */
  RowBuffer(int capacity, int recent) {
    this.capacity = capacity;
    this.recent = recent;
  }

  long newest() {
    return newest;
  }

  /** How many rows only memory has. */
  long uncommitted() {
    return rows.tailMap(durable, false).size();
  }

  /**
   * Takes the next row.
   *
   * @return the row that had to make room and is not durable, if one had to
   */
  Optional<Row> add(Row row) {
    newest = row.seq();
    rows.put(newest, row);
    forgetDurable();
    if (rows.size() <= capacity) {
      return Optional.empty();
    }
    return Optional.of(rows.pollFirstEntry().getValue());
  }

  /** The rows that only memory has. */
  List<Row> pending() {
    return List.copyOf(rows.tailMap(durable, false).values());
  }

  /** Rows up to that one are durable. */
  void durable(long seq) {
    durable = Math.max(durable, seq);
    forgetDurable();
  }

  /** The store is gone: what memory has is all there is. */
  void storeLost() {
    durable = 0;
  }

  /** Those of the rows that are here: the newest of the range, without a hole. */
  List<Row> within(Range range) {
    return List.copyOf(rows.subMap(range.first(), true, range.last(), true).values());
  }

  /** The oldest row here, or the one to come. */
  long oldest() {
    return rows.isEmpty() ? newest + 1 : rows.firstKey();
  }

  private void forgetDurable() {
    while (rows.size() > recent && rows.firstKey() <= durable) {
      rows.pollFirstEntry();
    }
  }
}
