package dev.streetbox.outbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists why rows are never sent, as {@code drops} and {@code loss} name it in the contract. */
public enum Reason {
  /** The store was at its limit, so its oldest rows were deleted. */
  STORE_FULL,
  /**
   * The store could not be written for so long that memory was at its limit, or until the program
   * ended in order.
   */
  STORE_FAILED,
  /** The rows were stored and are missing or damaged now. */
  STORE_DAMAGED,
  /** The broker accepts other rows and refuses these. */
  REFUSED,
  /** The machine stopped before the measured rows were durable, as by a power cut. */
  POWER_CUT,
  /**
   * The program was killed or ended by a bug before the measured rows were durable; the machine ran
   * on.
   */
  PROCESS_KILLED;

  /** Returns the contract's name, as {@code store_full}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the reason of a contract name, if there is one. */
  public static Optional<Reason> of(String key) {
    return Arrays.stream(values()).filter(reason -> reason.key().equals(key)).findFirst();
  }
}
