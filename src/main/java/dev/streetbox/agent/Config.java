package dev.streetbox.agent;

import dev.streetbox.bus.Hardware;
import dev.streetbox.outbox.StoreSettings;
import dev.streetbox.panel.PanelSettings;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.publish.MqttSettings;
import dev.streetbox.record.PrivacySettings;
import dev.streetbox.record.QualitySettings;
import dev.streetbox.record.RoadEventSettings;
import dev.streetbox.simulate.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Holds a box's whole configuration after its check: every name is valid, every value in its range.
 *
 * @param boxId the box's name in topics and rows
 * @param runDir where {@code status.json} is written, on tmpfs
 * @param sensors the parts, in order of precedence where two give the same quantity
 * @param gnss the source of positions
 * @param hold how long rows wait for a clock before they are sent with an estimate
 * @param store where rows are kept
 * @param mqtt where rows are sent
 * @param quality the limits beyond which rows are flagged
 * @param events the sounds and odours of which events are made
 * @param partGoneAfter the time after which a missing part is an event; zero: it is none
 * @param privacy the zones in which nothing is stored, and the kind of published names
 * @param panel the button, the lamp and the other GPIO lines
 * @param simulation the ride and scenario of parts configured as {@code sim}
 * @param hash identifies the configuration; the privacy zones' positions do not enter it
 */
public record Config(
    String boxId,
    Path runDir,
    List<SensorSettings> sensors,
    GnssSettings gnss,
    Duration hold,
    StoreSettings store,
    MqttSettings mqtt,
    QualitySettings quality,
    RoadEventSettings events,
    Duration partGoneAfter,
    PrivacySettings privacy,
    PanelSettings panel,
    SimulationSettings simulation,
    String hash) {

  /**
   * Returns whether the GPIO lines are simulated: if the configuration says so, or says nothing and
   * something is simulated and nothing real.
   */
  boolean hasSimulatedLines() {
    return panel.lines().simulated().orElseGet(() -> isAnyPartSimulated() && !isAnyPartReal());
  }

  /** Returns whether a part or the receiver is simulated. */
  boolean isAnyPartSimulated() {
    return gnss.source() == GnssSource.SIM || sensors.stream().anyMatch(SensorSettings::simulated);
  }

  private boolean isAnyPartReal() {
    return gnss.source() == GnssSource.GPSD
        || !sensors.stream().allMatch(SensorSettings::simulated);
  }

  /** Returns this configuration without its parts but the receiver. */
  Config withoutSensors() {
    return withoutSensors(gnss);
  }

  /** Returns this configuration without its parts and the receiver. */
  Config withoutParts() {
    return withoutSensors(
        new GnssSettings(GnssSource.NONE, gnss.host(), gnss.port(), Optional.empty()));
  }

  private Config withoutSensors(GnssSettings otherGnss) {
    return new Config(
        boxId,
        runDir,
        List.of(),
        otherGnss,
        hold,
        store,
        mqtt,
        quality,
        events,
        partGoneAfter,
        privacy,
        panel.withSimulatedLines(hasSimulatedLines()),
        simulation.withoutSensors(),
        hash);
  }

  /** Names the source of positions. */
  public enum GnssSource {
    GPSD("gpsd"),
    SIM(Hardware.SIMULATED),
    NONE("none");

    private final String key;

    GnssSource(String key) {
      this.key = key;
    }

    /** Returns the name in the configuration. */
    public String key() {
      return key;
    }
  }

  /**
   * Holds section {@code [gnss]}.
   *
   * @param host gpsd's host
   * @param port gpsd's port
   * @param device the receiver to use, by its path in gpsd; empty: any
   */
  public record GnssSettings(GnssSource source, String host, int port, Optional<String> device) {}

  /**
   * Holds section {@code [simulate]}.
   *
   * @param ride the simulated ride's name
   * @param speed how many times faster than real time the whole program runs
   * @param seed the seed of all random numbers of the ride
   * @param scenario the faults injected into the simulated parts, by time
   */
  public record SimulationSettings(String ride, double speed, long seed, Scenario scenario) {
    private SimulationSettings withoutSensors() {
      return new SimulationSettings(ride, speed, seed, scenario.withoutSensors());
    }
  }
}
