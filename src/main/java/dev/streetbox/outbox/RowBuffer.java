package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Buffers the newest rows of the running boot: all that are not durable, and some that are. Guarded
 * by the {@link Outbox}.
 */
final class RowBuffer {
  private final int capacity;
  private final int recent;
  private final NavigableMap<Long, Row> rows = new TreeMap<>();
  private long newest;
  private long markDurable;

  /**
   * Makes an empty buffer.
   *
   * @param capacity the most rows that are held
   * @param recent the number of durable rows that are kept
   */
  RowBuffer(int capacity, int recent) {
    this.capacity = capacity;
    this.recent = recent;
  }

  long newest() {
    return newest;
  }

  /** Returns the seq of the newest row whose second ended at that tick or before it, 0 if none. */
  long newestAt(long tickMs) {
    for (Row row : rows.descendingMap().values()) {
      if (row.tickMs() <= tickMs) {
        return row.seq();
      }
    }
    return oldest() - 1;
  }

  /** Returns how many rows are not durable. */
  long uncommitted() {
    return rows.tailMap(markDurable, false).size();
  }

  /**
   * Adds the next row.
   *
   * @return the row that is not durable and was evicted because the buffer was full, if any
   */
  Optional<Row> add(Row row) {
    newest = row.seq();
    rows.put(newest, row);
    evictDurable();
    if (rows.size() <= capacity) {
      return Optional.empty();
    }
    return Optional.of(rows.pollFirstEntry().getValue());
  }

  /** Returns the rows that are not durable. */
  List<Row> pending() {
    return List.copyOf(rows.tailMap(markDurable, false).values());
  }

  /** Notes that rows up to that seq are durable. */
  void markDurable(long seq) {
    markDurable = Math.max(markDurable, seq);
    evictDurable();
  }

  /** Notes that the store is lost, so that no row is durable. */
  void storeLost() {
    markDurable = 0;
  }

  /** Returns the buffered rows of the range: its newest, of consecutive seqs. */
  List<Row> within(Range range) {
    return List.copyOf(rows.subMap(range.first(), true, range.last(), true).values());
  }

  /** Returns the seq of the oldest buffered row, or of the next row if there is none. */
  long oldest() {
    return rows.isEmpty() ? newest + 1 : rows.firstKey();
  }

  private void evictDurable() {
    while (rows.size() > recent && rows.firstKey() <= markDurable) {
      rows.pollFirstEntry();
    }
  }
}
