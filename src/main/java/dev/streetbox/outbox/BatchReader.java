package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Seqs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads batches from memory, and from the store through a {@link RowReader}. Safe for every thread:
 * shares the lock of the {@link Outbox} that it belongs to, and holds it while it reads memory
 * only.
 */
final class BatchReader {
  private final Object lock;
  private final Ledgers ledgers;
  private final RowBuffer buffer;
  private final RowReader reader;

  /** Shares the content of an outbox, which its lock guards. */
  BatchReader(Object lock, Ledgers ledgers, RowBuffer buffer, RowReader reader) {
    this.lock = lock;
    this.ledgers = ledgers;
    this.buffer = buffer;
    this.reader = reader;
  }

  /** Reads the rows of a range; see {@link Outbox#read}. */
  Batch read(Range range) throws IOException {
    return batch(range, rows(range));
  }

  /** Reads rows once more; see {@link Outbox#readAgain}. */
  Batch readAgain(Range range) throws IOException {
    List<Row> rows = consecutive(rows(range));
    Range found =
        rows.isEmpty()
            ? range
            : new Range(range.boot(), rows.get(0).seq(), rows.get(rows.size() - 1).seq());
    synchronized (lock) {
      return new Batch(found, rows, ledgers.timeline(range.boot()), List.of());
    }
  }

  /** Returns the rows before the first gap. */
  private static List<Row> consecutive(List<Row> rows) {
    int count = 0;
    while (count < rows.size() && rows.get(count).seq() == rows.get(0).seq() + count) {
      count++;
    }
    return rows.subList(0, count);
  }

  /** Returns which rows can be read; see {@link Outbox#stored}. */
  List<Range> stored(List<Range> ranges, long limit) throws IOException {
    if (ranges.isEmpty()) {
      return List.of();
    }
    Seqs found = new Seqs(ranges.get(0).boot());
    for (Range range : ranges) {
      List<Row> young = buffered(range);
      if (!young.isEmpty()) {
        found.add(young.get(0).seq(), young.get(young.size() - 1).seq());
      }
    }
    reader.stored(ranges, limit).forEach(range -> found.add(range.first(), range.last()));
    return found.ranges();
  }

  private List<Row> rows(Range range) throws IOException {
    List<Row> young = buffered(range);
    long oldest = young.isEmpty() ? range.last() + 1 : young.get(0).seq();
    List<Row> rows = new ArrayList<>();
    if (oldest > range.first()) {
      rows.addAll(reader.read(new Range(range.boot(), range.first(), oldest - 1)));
    }
    rows.addAll(young);
    return rows;
  }

  private List<Row> buffered(Range range) {
    synchronized (lock) {
      return range.boot() == ledgers.running().boot() ? buffer.within(range) : List.of();
    }
  }

  private Batch batch(Range range, List<Row> rows) {
    synchronized (lock) {
      Ledger of = ledgers.of(range.boot());
      Seqs found = new Seqs(range.boot());
      rows.forEach(row -> found.add(row.seq(), row.seq()));
      found
          .gaps(range.first(), Math.min(range.last(), of.last()))
          .forEach(hole -> of.fates().drop(hole.first(), hole.last(), Reason.STORE_DAMAGED));
      of.markSent();
      return new Batch(range, rows, ledgers.timeline(range.boot()), of.fates().undeclared());
    }
  }
}
