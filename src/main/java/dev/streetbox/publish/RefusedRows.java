package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps single rows that the broker refuses until it accepts other rows. Only then the rows
 * themselves are the reason, and they are declared. Used by one thread.
 */
final class RefusedRows {
  /**
   * The number of refused rows, with none accepted in between, that excludes the rows as reason.
   */
  private static final int LIMIT = 20;

  private final List<Range> suspected = new ArrayList<>();
  private final List<Range> certain = new ArrayList<>();

  /**
   * Adds a row that the broker has refused.
   *
   * @return whether the rows are excluded as reason, because too many were refused; none of them is
   *     then kept
   */
  boolean suspect(Range row) {
    suspected.add(row);
    if (suspected.size() <= LIMIT) {
      return false;
    }
    suspected.clear();
    return true;
  }

  /** Marks all rows kept as certain, because the broker has accepted other rows. */
  void othersAccepted() {
    certain.addAll(suspected);
    suspected.clear();
  }

  /** Removes and returns the rows to declare. */
  List<Range> take() {
    List<Range> rows = List.copyOf(certain);
    certain.clear();
    return rows;
  }

  /** Returns all rows kept, which must not be sent. */
  Stream<Range> all() {
    return Stream.concat(suspected.stream(), certain.stream());
  }
}
