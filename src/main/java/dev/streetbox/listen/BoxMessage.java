package dev.streetbox.listen;

import dev.streetbox.measure.Range;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Represents a message of a box, parsed. */
public sealed interface BoxMessage {
  /** Returns the box that sent the message, by its topic. */
  String box();

  /**
   * Holds one row as it arrived.
   *
   * @param seq its number within the boot
   * @param fields every field by its contract name, {@code seq} included, in the order sent; each
   *     value as JSON text
   */
  record SentRow(long seq, Map<String, String> fields) {
    /** Copies the fields and keeps their order. */
    public SentRow {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * Holds rows that a box declares lost.
   *
   * @param reason such as {@code store_full}; {@code unknown} if the box gives none
   */
  record DeclaredDrop(Range rows, String reason) {}

  /**
   * Holds what a batch states besides its rows.
   *
   * @param earliestStartMs the boot did not begin before, in ms since 1970 (UTC); 0 if not stated
   * @param latestStartMs the boot did not begin after, in ms since 1970 (UTC); 0 if not stated
   * @param calibration the id of the calibration of the rows; empty if there is none
   */
  record BatchDetails(long earliestStartMs, long latestStartMs, String calibration) {
    /** Stands for a batch that states nothing of it. */
    public static final BatchDetails NONE = new BatchDetails(0, 0, "");
  }

  /**
   * Holds a batch.
   *
   * @param boot the boot of all its rows
   * @param startMs when the boot began, by the anchor that dates the rows, in ms since 1970 (UTC);
   *     0 if the batch does not state it
   * @param live whether it was sent on the live lane
   * @param simulated whether any source of the box is simulated
   * @param rows the rows, in order of seq
   * @param drops rows that the box declares lost
   * @param details what it states besides
   */
  record Rows(
      String box,
      int boot,
      long startMs,
      boolean live,
      boolean simulated,
      List<SentRow> rows,
      List<DeclaredDrop> drops,
      BatchDetails details)
      implements BoxMessage {
    /** Holds a batch that states nothing besides. */
    public Rows(
        String box,
        int boot,
        long startMs,
        boolean live,
        boolean simulated,
        List<SentRow> rows,
        List<DeclaredDrop> drops) {
      this(box, boot, startMs, live, simulated, rows, drops, BatchDetails.NONE);
    }

    /** Copies the lists. */
    public Rows {
      rows = List.copyOf(rows);
      drops = List.copyOf(drops);
    }
  }

  /**
   * Declares rows of an earlier boot lost, except for those that have arrived.
   *
   * @param lost the rows, up to {@link Long#MAX_VALUE} if the box cannot tell the last
   */
  record Loss(String box, Range lost) implements BoxMessage {}

  /**
   * Corrects the times of rows that were sent with an estimate: their {@code t} changes by as much
   * as the start of their boot.
   *
   * @param boot the boot
   * @param last the last seq that the correction covers; the first is 1
   * @param fields {@code t0} and {@code tq}, and for an estimate {@code t0_min} and {@code t0_max},
   *     by these names; each value as JSON text
   */
  record Times(String box, int boot, long last, Map<String, String> fields) implements BoxMessage {
    /** Copies the fields and keeps their order. */
    public Times {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * Reports that the box is online or offline.
   *
   * @param boot its boot
   * @param online whether it is online
   * @param retained whether the broker had kept the message, so that the state is older than the
   *     subscription
   */
  record State(String box, int boot, boolean online, boolean retained) implements BoxMessage {}

  /** Stands for any other message of a box. */
  record Other(String box) implements BoxMessage {}
}
