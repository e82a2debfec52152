package dev.streetbox.outbox;

import java.util.List;
import java.util.OptionalLong;

/**
 * How much a store holds, and how much of it is still to be sent.
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
   * The rows of one boot. What the broker has is stored once a minute: the running agent may know
   * of some more.
   *
   * @param boot the boot
   * @param open whether it goes on; or it was cut off, and no later boot has declared that yet
   * @param stored how many rows are in the store
   * @param unacknowledged how many rows are still to be sent
   * @param oldestMs when the oldest row to be sent was measured, in ms UTC; empty if there is none
   */
  public record OfBoot(
      int boot, boolean open, long stored, long unacknowledged, OptionalLong oldestMs) {}
}
