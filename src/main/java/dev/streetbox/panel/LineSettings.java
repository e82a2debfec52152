package dev.streetbox.panel;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds the BCM numbers of the GPIO lines, each empty if the box has no such line.
 *
 * @param simulated whether the lines are simulated; empty: they are if all parts are
 * @param button the button of hazard reports, to ground
 * @param lamp the lamp of hazard reports
 * @param lid the lid's switch, closed to ground while the lid is closed
 * @param supply the power-fail line, low when the supply fails
 */
public record LineSettings(
    Optional<Boolean> simulated,
    OptionalInt button,
    OptionalInt lamp,
    OptionalInt lid,
    OptionalInt supply) {
  /** A box without any line. */
  public static final LineSettings NONE =
      new LineSettings(
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());
}
