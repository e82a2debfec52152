package dev.streetbox.outbox;

import java.util.List;
import java.util.OptionalLong;

/**
 * Measures how much a store holds and how much of that is unsent.
 *
 * @param fileBytes the store's size on disk, without the log
 * @param logBytes the size of the log beside it
 * @param events events that the broker does not have
 * @param boots each boot, the oldest first
 */
public record Depth(long fileBytes, long logBytes, int events, List<OfBoot> boots) {
  /** Copies the list. */
  public Depth {
    boots = List.copyOf(boots);
  }

  /**
   * Measures the rows of one boot. Acknowledgements become durable with the next commit, so the
   * running agent may know of more.
   *
   * @param boot the boot
   * @param open whether the boot runs, or was cut off and no later boot has declared that yet
   * @param stored how many rows are in the store
   * @param unacknowledged how many rows are still to be sent
   * @param unsampled how many seconds between the first and the last stored row have no row in the
   *     boot, because none was made
   * @param oldestMs when the oldest unsent row was measured, in ms since 1970; empty if there is
   *     none
   */
  public record OfBoot(
      int boot,
      boolean open,
      long stored,
      long unacknowledged,
      long unsampled,
      OptionalLong oldestMs) {}
}
