package dev.streetbox.part;

import dev.streetbox.driver.Sensor;
import dev.streetbox.sound.MicrophoneSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Describes one {@code [[sensor]]} of the configuration, checked.
 *
 * @param name unique
 * @param part its entry in the catalogue
 * @param place where it is connected
 * @param simulated whether its hardware is simulated
 * @param mode how it is asked, as {@code passive}; empty for its usual way, or its only one
 * @param gas what an electrochemical cell is for, as {@code h2s}
 * @param microphone what is known of a microphone
 * @param period how often it is read; zero for the part's own rhythm
 */
public record SensorSettings(
    String name,
    CatalogueEntry part,
    PartPlace place,
    boolean simulated,
    Optional<String> mode,
    Optional<String> gas,
    Optional<MicrophoneSettings> microphone,
    Duration period) {

  /** Describes a simulated part where it is usually connected, in its usual mode. */
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

  /** Returns the name of the bus that the part is read on, which has a thread of its own. */
  public String bus() {
    return place.bus(name);
  }

  /** Returns the same settings with what else is known of the microphone. */
  public SensorSettings withMicrophone(MicrophoneSettings unit) {
    return new SensorSettings(name, part, place, simulated, mode, gas, Optional.of(unit), period);
  }

  /** Returns the settings that the part's driver is made from. */
  public DriverSettings driverSettings() {
    Optional<String> usualMode = part.modes().stream().findFirst();
    return new DriverSettings(mode.or(() -> usualMode), gas, microphone);
  }

  /** Makes the part's driver, not started. */
  public Sensor driver(PartPorts ports, DriverContext context) {
    return part.wiring().driver(place, ports, context);
  }
}
