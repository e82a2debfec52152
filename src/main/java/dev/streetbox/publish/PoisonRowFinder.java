package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the row that makes the broker refuse a batch or close the connection, by splitting batches.
 * Rows that were in flight in several losses in a row are sent with nothing else in flight, so that
 * the next loss can only be due to them; if the connection is lost again, they are split in half.
 * {@link SingleRowRefusals} decides on a single row. Used by one thread.
 */
final class PoisonRowFinder {
  /** The number of losses in a row after which rows are sent alone. */
  static final int LOSS_LIMIT = 3;

  /**
   * Holds rows of a batch that was refused or lost.
   *
   * @param losses the number of losses in a row with these rows in flight
   * @param maxBatchRows the largest number of these rows in one batch
   */
  private record Suspect(Range range, int losses, int maxBatchRows) {
    boolean mustBeSentAlone() {
      return losses >= LOSS_LIMIT;
    }
  }

  private final List<Suspect> suspects = new ArrayList<>();

  /** Returns the first rows of a range that may be sent together; suspects are sent apart. */
  Range sendablePrefix(Range range) {
    Optional<Suspect> first = find(range.first(), range.boot());
    long last = range.last();
    if (first.isPresent()) {
      Suspect suspect = first.get();
      last = Math.min(last, suspect.range().last());
      last = Math.min(last, range.first() + suspect.maxBatchRows() - 1);
    } else {
      for (Suspect other : suspects) {
        if (other.range().boot() == range.boot() && other.range().first() > range.first()) {
          last = Math.min(last, other.range().first() - 1);
        }
      }
    }
    return new Range(range.boot(), range.first(), last);
  }

  /** Returns whether these rows must be sent with nothing else in flight. */
  boolean mustBeSentAlone(Range rows) {
    return find(rows.first(), rows.boot()).map(Suspect::mustBeSentAlone).orElse(false);
  }

  /**
   * Notes that the broker has refused a batch of these rows. A single row is then sent alone,
   * because a close with several messages in flight does not name the refused one.
   *
   * @return whether the row is found, because the batch held one row only
   */
  boolean onRefused(Range rows) {
    int known = find(rows.first(), rows.boot()).map(Suspect::losses).orElse(0);
    return split(rows, rows.size() == 1 ? LOSS_LIMIT : known);
  }

  /**
   * Notes that the connection was lost with these rows in flight.
   *
   * @param alone whether nothing else was in flight
   * @return whether these rows are a single row that may be the reason
   */
  boolean onLoss(Range rows, boolean alone) {
    Optional<Suspect> known = find(rows.first(), rows.boot());
    int losses = known.map(Suspect::losses).orElse(0) + 1;
    if (alone && losses > LOSS_LIMIT && rows.size() > 1) {
      split(rows, LOSS_LIMIT);
      return false;
    }
    replace(rows, new Suspect(rows, losses, (int) rows.size()));
    return alone && rows.size() == 1 && losses > LOSS_LIMIT;
  }

  /** Removes rows from the suspects, because the broker has them or they are withheld. */
  void clear(Range rows) {
    List<Suspect> rest = new ArrayList<>();
    for (Suspect suspect : suspects) {
      Range range = suspect.range();
      if (range.boot() != rows.boot()
          || range.last() < rows.first()
          || range.first() > rows.last()) {
        rest.add(suspect);
        continue;
      }
      if (range.first() < rows.first()) {
        rest.add(part(suspect, range.first(), rows.first() - 1));
      }
      if (range.last() > rows.last()) {
        rest.add(part(suspect, rows.last() + 1, range.last()));
      }
    }
    suspects.clear();
    suspects.addAll(rest);
  }

  private boolean split(Range rows, int losses) {
    replace(rows, new Suspect(rows, losses, (int) Math.max(1, rows.size() / 2)));
    return rows.size() == 1;
  }

  private void replace(Range rows, Suspect suspect) {
    clear(rows);
    suspects.add(suspect);
  }

  private static Suspect part(Suspect whole, long first, long last) {
    Range range = new Range(whole.range().boot(), first, last);
    return new Suspect(range, whole.losses(), whole.maxBatchRows());
  }

  private Optional<Suspect> find(long seq, int boot) {
    return suspects.stream()
        .filter(s -> s.range().boot() == boot)
        .filter(s -> s.range().first() <= seq && seq <= s.range().last())
        .findFirst();
  }
}
