package dev.streetbox.outbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why rows will never be sent; the contract's words in {@code drops} and in a {@code loss}. */
public enum Reason {
  /** The store was at its limit: the oldest went. */
  STORE_FULL,
  /** The store could not be written for so long that memory was at its limit. */
  STORE_FAILED,
  /** The store had them, and what it has now is not them. */
  STORE_DAMAGED,
  /** The broker takes others and refuses these: too large for it, or malformed to it. */
  REFUSED,
  /** They were measured, and the power went before they were durable. */
  POWER_CUT;

  /** The contract's name, as {@code store_full}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of a contract name, if there is one. */
  public static Optional<Reason> of(String key) {
    return Arrays.stream(values()).filter(reason -> reason.key().equals(key)).findFirst();
  }
}
