package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import java.util.List;

/**
 * What the next commit deletes.
 *
 * @param chunks by their rows
 * @param boots of which nothing is left
 */
record Removal(List<Range> chunks, List<Integer> boots) {
  static final Removal NONE = new Removal(List.of(), List.of());

  /** Tells whether nothing goes. */
  boolean isEmpty() {
    return chunks.isEmpty() && boots.isEmpty();
  }
}
