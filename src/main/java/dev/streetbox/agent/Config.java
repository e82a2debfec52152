package dev.streetbox.agent;

import dev.streetbox.bus.Hardware;
import dev.streetbox.outbox.StoreSettings;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.publish.MqttSettings;
import dev.streetbox.record.PrivacySettings;
import dev.streetbox.record.QualitySettings;
import dev.streetbox.simulate.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A box's whole configuration, checked: every name and range is already right.
 *
 * @param boxId the box's name in topics and rows
 * @param runDir where {@code status.json} is written, on tmpfs
 * @param sensors the parts, in order of precedence where two give the same quantity
 * @param gnss where positions come from
 * @param hold how long rows wait for a clock before they are sent with an estimate
 * @param store where rows are kept
 * @param mqtt where rows are sent
 * @param quality from where on rows are flagged
 * @param privacy what is hidden
 * @param simulation what {@code sim} stands for
 * @param hash tells one configuration from another, but for where its privacy zones are
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
    PrivacySettings privacy,
    SimulationSettings simulation,
    String hash) {

  /** Where positions come from. */
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
   * Section {@code [gnss]}.
   *
   * @param host gpsd's host
   * @param port gpsd's port
   */
  public record GnssSettings(GnssSource source, String host, int port) {}

  /**
   * Section {@code [simulate]}.
   *
   * @param ride the simulated ride's name
   * @param speed how many times faster than real time the whole program runs
   * @param seed what makes one ride differ from another
   * @param scenario what happens to the simulated parts
   */
  public record SimulationSettings(String ride, double speed, long seed, Scenario scenario) {}
}
