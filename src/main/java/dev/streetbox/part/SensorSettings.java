package dev.streetbox.part;

import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Quantity;
import dev.streetbox.sound.MicrophoneSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Holds one checked {@code [[sensor]]} of the configuration. Immutable.
 *
 * @param name unique
 * @param part the part's entry in the catalogue
 * @param place where the part is connected
 * @param simulated whether the part's hardware is simulated
 * @param mode the key of the mode, as {@code passive}; empty for the part's usual or only mode
 * @param model the key of the model, as {@code pms5003t}; empty if the part has only one, or its
 *     driver must recognise it
 * @param gas that an electrochemical cell is for, as {@code h2s}
 * @param microphone type and calibration of a microphone
 * @param period between two reads; zero for the driver's own period
 */
public record SensorSettings(
    String name,
    CatalogueEntry part,
    PartPlace place,
    boolean simulated,
    Optional<String> mode,
    Optional<String> model,
    Optional<String> gas,
    Optional<MicrophoneSettings> microphone,
    Duration period) {

  /** Holds the settings of a part without a configured model. */
  public SensorSettings(
      String name,
      CatalogueEntry part,
      PartPlace place,
      boolean simulated,
      Optional<String> mode,
      Optional<String> gas,
      Optional<MicrophoneSettings> microphone,
      Duration period) {
    this(name, part, place, simulated, mode, Optional.empty(), gas, microphone, period);
  }

  /** Returns the settings of a simulated part at its usual place, in its usual mode. */
  public static SensorSettings simulated(String name, CatalogueEntry part) {
    return new SensorSettings(
        name,
        part,
        part.wiring().simulatedPlace(part.key()),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO);
  }

  /** Returns the name of the bus that the part is read on; each bus has one thread. */
  public String bus() {
    return place.bus(name);
  }

  /** Returns the same settings with another type and calibration of the microphone. */
  public SensorSettings withMicrophone(MicrophoneSettings unit) {
    return new SensorSettings(
        name, part, place, simulated, mode, model, gas, Optional.of(unit), period);
  }

  /** Returns the quantities that the part can measure with the configured gas. */
  public Set<Quantity> quantities() {
    Set<Quantity> all = EnumSet.noneOf(Quantity.class);
    all.addAll(part.quantities());
    gas.map(part.gases()::get).ifPresent(all::add);
    return all;
  }

  /** Returns the settings that the part's driver is made from. */
  public DriverSettings driverSettings() {
    Optional<String> usualMode = part.modes().stream().findFirst();
    return new DriverSettings(mode.or(() -> usualMode), model, gas, microphone);
  }

  /**
   * Makes the part's driver, not started. On an I2C bus, its start names another part that answers
   * at the address.
   */
  public Sensor driver(PartPorts ports, DriverContext context) {
    Sensor sensor = part.wiring().driver(place, ports, context);
    if (place.i2cAddress().isEmpty()) {
      return sensor;
    }
    PartPlace.I2c at = new PartPlace.I2c(place.device(), place.i2cAddress().getAsInt());
    return new AddressedSensor(
        sensor, () -> ports.i2c(at), at.address(), part.wiring().identification(), context.time());
  }
}
