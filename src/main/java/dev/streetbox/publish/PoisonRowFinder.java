package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows that may be the reason of a refusal or of a lost connection: split until the one row is
 * found. Whoever has been in flight in several losses in a row travels alone, so that the next loss
 * has one suspect only; whoever is lost even then is split in half. Used by one thread.
 */
final class PoisonRowFinder {
  /** Lost so often in a row, a batch is no longer just unlucky. */
  static final int PATIENCE = 3;

  /**
   * Rows of one batch that went wrong.
   *
   * @param losses how often in a row they were in flight when the connection was lost
   * @param pieceRows how many of them may travel in one batch
   */
  private record Suspect(Range range, int losses, int pieceRows) {
    boolean mustTravelAlone() {
      return losses >= PATIENCE;
    }
  }

  private final List<Suspect> suspects = new ArrayList<>();

  /** The beginning of a run of rows that may travel together: a suspect never mixes with others. */
  Range cut(Range run) {
    Optional<Suspect> first = find(run.first(), run.boot());
    long last = run.last();
    if (first.isPresent()) {
      Suspect suspect = first.get();
      last = Math.min(last, suspect.range().last());
      last = Math.min(last, run.first() + suspect.pieceRows() - 1);
    } else {
      for (Suspect other : suspects) {
        if (other.range().boot() == run.boot() && other.range().first() > run.first()) {
          last = Math.min(last, other.range().first() - 1);
        }
      }
    }
    return new Range(run.boot(), run.first(), last);
  }

  /** Whether these rows have to travel with nothing else in flight. */
  boolean mustTravelAlone(Range rows) {
    return find(rows.first(), rows.boot()).map(Suspect::mustTravelAlone).orElse(false);
  }

  /**
   * The broker has refused these rows as they are.
   *
   * @return whether it can only be this row: there is nothing left to split
   */
  boolean refused(Range rows) {
    int losses = find(rows.first(), rows.boot()).map(Suspect::losses).orElse(0);
    return split(rows, losses);
  }

  /**
   * The connection was lost with these rows in flight.
   *
   * @param alone whether nothing else was in flight
   * @param byBroker whether the broker has closed it; a silent link proves nothing against a row,
   *     but may be too slow for so many
   * @return whether it can only be this row
   */
  boolean lost(Range rows, boolean alone, boolean byBroker) {
    Optional<Suspect> known = find(rows.first(), rows.boot());
    int losses = known.map(Suspect::losses).orElse(0) + 1;
    if (alone && losses > PATIENCE && rows.size() > 1) {
      return split(rows, PATIENCE);
    }
    replace(rows, new Suspect(rows, losses, (int) rows.size()));
    return alone && byBroker && rows.size() == 1 && losses > 2 * PATIENCE;
  }

  /** The rows are out of suspicion: the broker has them, or they were put aside. */
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
    return new Suspect(range, whole.losses(), whole.pieceRows());
  }

  private Optional<Suspect> find(long seq, int boot) {
    return suspects.stream()
        .filter(s -> s.range().boot() == boot)
        .filter(s -> s.range().first() <= seq && seq <= s.range().last())
        .findFirst();
  }
}
