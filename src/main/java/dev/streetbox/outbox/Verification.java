package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import java.util.List;

/**
 * What a whole store comes to, every byte of it read.
 *
 * @param damage what is not as it was stored, in words; empty if the store is sound
 * @param accounts each boot, the oldest first; none if the damage hides them
 * @param unexplained rows that are neither stored, nor acknowledged, nor dropped
 * @param open boots that go on; or that were cut off, and no later boot has declared that yet
 */
public record Verification(
    List<String> damage, List<StoreAccount> accounts, List<Range> unexplained, List<Integer> open) {
  /** Copies the lists. */
  public Verification {
    damage = List.copyOf(damage);
    accounts = List.copyOf(accounts);
    unexplained = List.copyOf(unexplained);
    open = List.copyOf(open);
  }

  /** Returns what a store comes to whose ledgers cannot be read. */
  static Verification damaged(List<String> damage) {
    return new Verification(damage, List.of(), List.of(), List.of());
  }

  /** Whether nothing is damaged and every row is explained. */
  public boolean isSound() {
    return damage.isEmpty() && unexplained.isEmpty();
  }
}
