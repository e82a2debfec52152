package dev.streetbox.part;

import dev.streetbox.bus.Time;
import dev.streetbox.driver.FanHours;
import dev.streetbox.driver.GasIndexState;
import dev.streetbox.measure.Sample;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Holds what a driver needs besides its port.
 *
 * @param settings of the configured part
 * @param air returns the current temperature and humidity in the box, if there are any
 * @param gasIndexState makes the store that keeps a gas index across restarts; called only for a
 *     part with a gas index
 * @param fanHours makes the store that keeps a fan's running time across restarts; called only for
 *     a part with a fan
 */
public record DriverContext(
    Time time,
    DriverSettings settings,
    Supplier<Optional<Sample>> air,
    Supplier<GasIndexState> gasIndexState,
    Supplier<FanHours> fanHours) {

  /**
   * Returns the part's mode as the driver's constant, whose name is the mode's key in capitals.
   *
   * @throws java.util.NoSuchElementException if the part has only one mode
   * @throws IllegalArgumentException if the driver has no such mode
   */
  <M extends Enum<M>> M mode(Class<M> modes) {
    return Enum.valueOf(modes, settings.mode().orElseThrow().toUpperCase(Locale.ROOT));
  }
}
