package dev.streetbox.outbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists why rows are never sent, as {@code drops} and {@code loss} name it in the contract. */
public enum Reason {
  /** The store was at its limit, so its oldest rows were deleted. */
  STORE_FULL,
  /** The store could not be written for so long that memory was at its limit. */
  STORE_FAILED,
  /** The rows were stored and are missing or damaged now. */
  STORE_DAMAGED,
  /** The broker accepts other rows and refuses these. */
  REFUSED,
  /** The power was cut before the measured rows were durable. */
  POWER_CUT;

  /** Returns the contract's name, as {@code store_full}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the reason of a contract name, if there is one. */
  public static Optional<Reason> of(String key) {
    return Arrays.stream(values()).filter(reason -> reason.key().equals(key)).findFirst();
  }
}
