package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import java.util.Optional;

/**
 * Rows of one fate, as they are stored.
 *
 * @param range which
 * @param fate {@link #ACKNOWLEDGED} or the key of a {@link Reason}
 * @param told whether the backend knows, for dropped rows
 */
record FateSpan(Range range, String fate, boolean told) {
  static final String ACKNOWLEDGED = "acknowledged";

  /** Rows that the broker has. */
  static FateSpan acknowledged(Range range) {
    return new FateSpan(range, ACKNOWLEDGED, false);
  }

  /** Rows that were dropped. */
  static FateSpan dropped(Drop drop, boolean told) {
    return new FateSpan(drop.range(), drop.reason().key(), told);
  }

  /** Returns why the rows were dropped; empty if they were acknowledged. */
  Optional<Reason> reason() {
    return Reason.of(fate);
  }
}
