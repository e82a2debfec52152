package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps single rows that the broker refuses, until it takes others: then it is the rows, and they
 * are declared. Used by one thread.
 */
final class RefusedRows {
  /** So many rows refused with none accepted in between: it is not the rows. */
  private static final int LIMIT = 20;

  private final List<Range> suspected = new ArrayList<>();
  private final List<Range> certain = new ArrayList<>();

  /**
   * Adds a row that the broker has refused.
   *
   * @return whether too many are refused for the rows to be the reason; all are then forgotten
   */
  boolean suspect(Range row) {
    suspected.add(row);
    if (suspected.size() <= LIMIT) {
      return false;
    }
    suspected.clear();
    return true;
  }

  /** The broker has taken other rows: those that it refused are the reason. */
  void othersAccepted() {
    certain.addAll(suspected);
    suspected.clear();
  }

  /** Adds a row that no packet of this broker can carry. */
  void declare(Range row) {
    certain.add(row);
  }

  /** Returns the rows to declare, each once. */
  List<Range> take() {
    List<Range> rows = List.copyOf(certain);
    certain.clear();
    return rows;
  }

  /** Returns the rows that are not to be sent. */
  Stream<Range> all() {
    return Stream.concat(suspected.stream(), certain.stream());
  }
}
