package dev.streetbox.ingest;

import dev.streetbox.listen.BoxMessage;
import java.util.OptionalLong;
import java.util.Set;

/** Decides how the times of a batch date its boot and its rows (time.md). */
final class BatchTimes {
  /** Limits the difference of two trusted starts of one boot, in ms; see {@link #ageMs}. */
  private static final long STEP_MS = 1_000;

  private BatchTimes() {}

  /**
   * Returns the age of a row. If batch and boot have a trusted start that differs by the drift of
   * the box's clock only, the age counts from the boot's, so that the time of the row is exactly
   * the one that was sent; otherwise from the batch's, so that it moves with the boot's start.
   */
  static OptionalLong ageMs(BoxMessage.SentRow row, BoxMessage.Rows batch, KnownBoots.Line line) {
    OptionalLong timeMs = RowColumns.timeMs(row);
    if (timeMs.isEmpty()) {
      return timeMs;
    }
    long batchMs = startMs(batch);
    long bootMs = line.startMs().orElse(batchMs);
    boolean sameClock =
        line.trusted() && !isEstimate(batch) && Math.abs(bootMs - batchMs) <= STEP_MS;
    return OptionalLong.of(timeMs.getAsLong() - (sameClock ? bootMs : batchMs));
  }

  /** Returns whether a batch dates its boot better than the database does. */
  static boolean datesBoot(BoxMessage.Rows batch, KnownBoots.Line line) {
    if (startMs(batch) == 0 || line.startMs().isEmpty()) {
      return startMs(batch) != 0;
    }
    return !line.trusted() && (!isEstimate(batch) || bringsLimit(batch.details(), line.limits()));
  }

  private static boolean bringsLimit(BoxMessage.BatchDetails batch, KnownBoots.Limits known) {
    return !known.latest()
        && (batch.latestStartMs() != 0 || (batch.earliestStartMs() != 0 && !known.earliest()));
  }

  /** Returns that one of two batches of a boot which dates it better. */
  static BoxMessage.Rows better(BoxMessage.Rows one, BoxMessage.Rows other) {
    boolean otherIsBetter =
        isEstimate(one) && (!isEstimate(other) || other.details().latestStartMs() != 0);
    return otherIsBetter ? other : one;
  }

  /** Returns the start of the boot; that of its first row if the batch does not state it. */
  static long startMs(BoxMessage.Rows batch) {
    return batch.startMs() != 0 || batch.rows().isEmpty()
        ? batch.startMs()
        : RowColumns.timeMs(batch.rows().get(0)).orElse(0);
  }

  /** Returns whether the times of a batch come from no trusted clock. */
  static boolean isEstimate(BoxMessage.Rows batch) {
    return source(batch).equals("est");
  }

  /** Returns the time source of a batch's rows; an estimate if they have none. */
  static String source(BoxMessage.Rows batch) {
    return batch.rows().isEmpty()
        ? "est"
        : unquoted(batch.rows().get(0).fields().getOrDefault("tq", "est"));
  }

  /** Returns the name of a time source that was sent as JSON; {@code est} for an unknown one. */
  static String unquoted(String json) {
    String text = json.replace("\"", "");
    return Set.of("gnss", "ntp").contains(text) ? text : "est";
  }
}
