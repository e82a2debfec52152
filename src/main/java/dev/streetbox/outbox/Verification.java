package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import java.util.List;

/**
 * Holds the result of reading a whole store.
 *
 * @param corruption descriptions of what is damaged; empty if the store is sound
 * @param accounts the account of each boot, the oldest first; empty if the ledgers are damaged
 * @param unexplained rows that are neither stored, nor acknowledged, nor dropped
 * @param open boots that run, or were cut off and no later boot has declared that yet
 */
public record Verification(
    List<String> corruption,
    List<StoreAccount> accounts,
    List<Range> unexplained,
    List<Integer> open) {
  /** Copies the lists. */
  public Verification {
    corruption = List.copyOf(corruption);
    accounts = List.copyOf(accounts);
    unexplained = List.copyOf(unexplained);
    open = List.copyOf(open);
  }

  /** Returns the result for a store whose ledgers cannot be read. */
  static Verification damaged(List<String> corruption) {
    return new Verification(corruption, List.of(), List.of(), List.of());
  }

  /** Returns whether nothing is damaged and every row is explained. */
  public boolean isSound() {
    return corruption.isEmpty() && unexplained.isEmpty();
  }
}
