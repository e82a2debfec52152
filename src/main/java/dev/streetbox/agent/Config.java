package dev.streetbox.agent;

import dev.streetbox.outbox.StoreSettings;
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

  /**
   * One {@code [[sensor]]}. What does not apply to the driver is empty, or −1.
   *
   * @param name unique
   * @param driver the part, as {@code sps30}
   * @param bus {@code i2c-N} or {@code sim}; empty for a part at a serial port or a sound card
   * @param address its I2C address, or that of its converter; −1 for the driver's default
   * @param port the serial port, as {@code /dev/serial0}; empty for an I2C part
   * @param mode how the part is asked, as {@code passive}; empty for its usual way, or its only one
   * @param adc the converter of an analogue part, as {@code ads1115}; empty otherwise
   * @param channel the converter's input, 0 to 3; −1 if there is none
   * @param capture what a microphone needs; {@link CaptureSettings#NONE} for all others
   * @param gas what the cell of a MultiGas part is for, as {@code h2s}; empty for all others
   * @param period how often it is read; zero for the part's own rhythm
   */
  public record SensorSettings(
      String name,
      String driver,
      String bus,
      int address,
      String port,
      String mode,
      String adc,
      int channel,
      CaptureSettings capture,
      String gas,
      Duration period) {}

  /**
   * A microphone at a sound card.
   *
   * @param part its type, as {@code ics43434}
   * @param device the ALSA name, as {@code hw:0,0}; empty for a simulated one
   * @param sensitivityDbfs what this unit gives at 94 dB and 1 kHz, below 0; 0 for the type's own
   */
  public record CaptureSettings(String part, String device, double sensitivityDbfs) {
    /** Of a part that is no microphone. */
    public static final CaptureSettings NONE = new CaptureSettings("", "", 0);
  }

  /**
   * Section {@code [gnss]}.
   *
   * @param source {@code gpsd}, {@code sim} or {@code none}
   * @param host gpsd's host
   * @param port gpsd's port
   */
  public record GnssSettings(String source, String host, int port) {}

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
