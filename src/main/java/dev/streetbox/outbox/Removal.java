package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import java.util.List;

/**
 * Lists what the next commit deletes.
 *
 * @param chunks the chunks, by their rows
 * @param boots the boots of which nothing is left
 */
record Removal(List<Range> chunks, List<Integer> boots) {
  static final Removal NONE = new Removal(List.of(), List.of());

  /** Returns whether nothing is deleted. */
  boolean isEmpty() {
    return chunks.isEmpty() && boots.isEmpty();
  }
}
