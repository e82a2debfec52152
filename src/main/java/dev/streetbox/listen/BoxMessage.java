package dev.streetbox.listen;

import dev.streetbox.measure.Range;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a box has told, as a subscriber understands it. */
public sealed interface BoxMessage {
  /** The box that tells, by its topic. */
  String box();

  /**
   * One row as it arrived.
   *
   * @param seq its number within the boot
   * @param fields every field by its contract name, {@code seq} included, in the order sent; each
   *     value as JSON text
   */
  record SentRow(long seq, Map<String, String> fields) {
    /** Keeps the fields' order. */
    public SentRow {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * A batch.
   *
   * @param boot the boot of all its rows
   * @param startMs when the boot began, by what dates the rows, in ms since 1970; 0 if it is not
   *     said
   * @param live whether it came by the live lane
   * @param rows in order of seq
   * @param drops what the box says will never come
   */
  record Rows(
      String box, int boot, long startMs, boolean live, List<SentRow> rows, List<Range> drops)
      implements BoxMessage {
    /** Copies the lists. */
    public Rows {
      rows = List.copyOf(rows);
      drops = List.copyOf(drops);
    }
  }

  /**
   * Rows of an earlier boot will never come, except for those that came anyway.
   *
   * @param lost which; up to {@link Long#MAX_VALUE} where the box does not know the last
   */
  record Loss(String box, Range lost) implements BoxMessage {}

  /**
   * Rows of a boot were sent with other times than it is known to have: their {@code t} moves by
   * what the start of their boot moves.
   *
   * @param boot the boot
   * @param last its rows up to that one
   * @param fields {@code t0} and {@code tq}, and of an estimate {@code t0_min} and {@code t0_max},
   *     by these names; each value as JSON text
   */
  record Times(String box, int boot, long last, Map<String, String> fields) implements BoxMessage {
    /** Keeps the fields' order. */
    public Times {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * The box is online or offline.
   *
   * @param boot its boot
   * @param old whether the broker had kept it: it was so before this subscriber came
   */
  record State(String box, int boot, boolean old) implements BoxMessage {}

  /** Anything else that boxes send. */
  record Other(String box) implements BoxMessage {}
}
