package dev.streetbox.outbox;

import java.util.List;
import java.util.OptionalLong;

/**
 * Accounts for the rows of one boot.
 *
 * @param boot the boot
 * @param sampled highest known seq: rows 1 to this were measured
 * @param stored how many of them are in the store
 * @param acknowledged how many of them the broker has acknowledged
 * @param drops rows that will never be sent, with the reasons
 * @param lostFrom the first row that a power cut may have lost before it was durable
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
