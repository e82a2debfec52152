package dev.streetbox.outbox;

import java.util.List;
import java.util.OptionalLong;

/**
 * What became of the rows of one boot.
 *
 * @param boot the boot
 * @param sampled how many rows are known to have been measured: seq 1 to this
 * @param stored how many of them are in the store
 * @param acknowledged how many of them the broker has
 * @param drops which of them will never be sent, and why
 * @param lostFrom the first row that a power cut may have taken before it was durable
 * @param unexplained how many are neither stored, nor acknowledged, nor dropped: 0 in a sound store
 */
public record StoreAccount(
    int boot,
    long sampled,
    long stored,
    long acknowledged,
    List<Drop> drops,
    OptionalLong lostFrom,
    long unexplained) {
  /** Copies the list. */
  public StoreAccount {
    drops = List.copyOf(drops);
  }
}
