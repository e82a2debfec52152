package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import java.util.Optional;

/**
 * Stores one fate of consecutive rows.
 *
 * @param range the rows
 * @param fate {@link #ACKNOWLEDGED} or the key of a {@link Reason}
 * @param declared whether the backend knows of the drop; false for acknowledged rows
 */
record FateSpan(Range range, String fate, boolean declared) {
  static final String ACKNOWLEDGED = "acknowledged";

  /** Makes the span of acknowledged rows. */
  static FateSpan acknowledged(Range range) {
    return new FateSpan(range, ACKNOWLEDGED, false);
  }

  /** Makes the span of dropped rows. */
  static FateSpan dropped(Drop drop, boolean told) {
    return new FateSpan(drop.range(), drop.reason().key(), told);
  }

  /** Returns why the rows were dropped; empty if they were acknowledged. */
  Optional<Reason> reason() {
    return Reason.of(fate);
  }
}
