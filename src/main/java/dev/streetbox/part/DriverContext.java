package dev.streetbox.part;

import dev.streetbox.bus.Time;
import dev.streetbox.driver.FanHours;
import dev.streetbox.driver.GasIndexState;
import dev.streetbox.measure.Sample;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives a driver what it needs besides its port.
 *
 * @param settings the configured part's
 * @param air temperature and humidity in the box, if they are known now
 * @param gasIndexState makes where a gas index outlives restarts; asked by a gas part only
 * @param fanHours makes where a fan's running time outlives restarts; asked by a part with a fan
 */
public record DriverContext(
    Time time,
    SensorSettings settings,
    Supplier<Optional<Sample>> air,
    Supplier<GasIndexState> gasIndexState,
    Supplier<FanHours> fanHours) {

  /** Returns the configured mode, or else the part's usual one; each is named as its key. */
  <M extends Enum<M>> M mode(Class<M> modes) {
    String key = settings.mode().orElse(settings.part().modes().get(0));
    return Enum.valueOf(modes, key.toUpperCase(Locale.ROOT));
  }
}
