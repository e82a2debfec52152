package dev.streetbox.config;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.Config.GnssSettings;
import dev.streetbox.agent.Config.GnssSource;
import dev.streetbox.agent.Config.SimulationSettings;
import dev.streetbox.bus.Hardware;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.LimitedFile;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.outbox.StoreSettings;
import dev.streetbox.panel.LineSettings;
import dev.streetbox.panel.Meaning;
import dev.streetbox.panel.PanelSettings;
import dev.streetbox.panel.PressTimes;
import dev.streetbox.publish.MqttSettings;
import dev.streetbox.record.OdourSettings;
import dev.streetbox.record.PrivacySettings;
import dev.streetbox.record.QualitySettings;
import dev.streetbox.record.RoadEventSettings;
import dev.streetbox.record.SoundEventSettings;
import dev.streetbox.simulate.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds the settings of a configuration file without a mistake. Immutable after reading.
 *
 * @param tables the tables of every section: one, or any number of a list
 */
public record ConfigFile(Map<Section, List<ParsedTable>> tables) {
  /**
   * Reads and checks a file.
   *
   * @param root the file system's root, below which the board's serial number is read
   * @throws ConfigException if the file cannot be read, or with every mistake in it
   */
  public static ConfigFile read(Path file, Path root) throws ConfigException {
    try {
      return parse(
          file.toString(), new String(LimitedFile.read(file), StandardCharsets.UTF_8), root);
    } catch (NoSuchFileException e) {
      throw unreadable(
          file,
          "there is no such file. Try: streetbox config show --defaults"
              + " | sudo install -D -m 644 /dev/stdin "
              + file);
    } catch (AccessDeniedException e) {
      throw unreadable(file, "this user may not read it. Try: sudo streetbox config check");
    } catch (TextFormatException e) {
      throw unreadable(
          file,
          e.getMessage() + ", so it is no configuration. Try: streetbox config show --defaults");
    } catch (IOException e) {
      throw unreadable(
          file,
          Files.isDirectory(file)
              ? "this is a folder. Try: the path of a file, as /etc/streetbox/streetbox.toml"
              : e.getMessage());
    }
  }

  /**
   * Reads one folder for a command that needs no other setting. Parses the file only if the
   * folder's line has an unusual form; otherwise mistakes in other lines are not found.
   *
   * @param root the file system's root, below which the board's serial number is read
   * @throws ConfigException if the file cannot be read, or was parsed and has mistakes
   */
  public static Path readFolder(Path file, Path root, BoxFolder folder) throws ConfigException {
    Optional<Path> found = folder.find(file);
    return found.isPresent() ? found.get() : read(file, root).folder(folder);
  }

  private Path folder(BoxFolder folder) {
    return switch (folder) {
      case DATA -> get(Setting.DATA_DIR, Path.class);
      case RUN -> get(Setting.RUN_DIR, Path.class);
    };
  }

  private static ConfigException unreadable(Path file, String reason) {
    return new ConfigException(List.of(file.toAbsolutePath() + ": " + reason));
  }

  /**
   * Parses and checks the text of a file.
   *
   * @param name the file's name, for the messages
   * @param root the file system's root, below which the board's serial number is read
   * @throws ConfigException with every mistake in the text
   */
  static ConfigFile parse(String name, String text, Path root) throws ConfigException {
    return new ConfigFile(new ConfigParser(name, text).parse(root));
  }

  /** Returns the settings in the form that the agent uses. */
  public Config config() {
    return new Config(
        text(Setting.BOX_ID),
        folder(BoxFolder.RUN),
        tables(Section.SENSOR).stream().map(Sensors::settings).toList(),
        gnss(),
        get(Setting.HOLD, Duration.class),
        new StoreSettings(
            folder(BoxFolder.DATA),
            get(Setting.COMMIT_PERIOD, Duration.class),
            get(Setting.MAX_SIZE, Long.class),
            get(Setting.KEEP_ACKNOWLEDGED, Duration.class)),
        mqtt(),
        quality(),
        new RoadEventSettings(
            new SoundEventSettings(
                get(Setting.SOUND_THRESHOLD, Double.class),
                get(Setting.SOUND_HYSTERESIS, Double.class)),
            odours()),
        get(Setting.PART_GONE_AFTER, Duration.class),
        new PrivacySettings(
            tables(Section.ZONE).stream().map(Zones::zone).toList(),
            text(Setting.PSEUDONYM).equals("daily"),
            get(Setting.TIME_ZONE, ZoneId.class)),
        panel(),
        new SimulationSettings(
            text(Setting.RIDE),
            get(Setting.SPEED, Double.class),
            get(Setting.SEED, Integer.class),
            get(Setting.SCENARIO, Scenario.class)),
        ConfigHash.ofTables(tables));
  }

  /** Returns the tables of a section: one, or any number of a list. */
  List<ParsedTable> tables(Section section) {
    return tables.get(section);
  }

  private GnssSettings gnss() {
    URI address = get(Setting.GNSS_ADDRESS, URI.class);
    return new GnssSettings(
        get(Setting.GNSS_SOURCE, GnssSource.class),
        address.getHost(),
        address.getPort(),
        Optional.of(get(Setting.GNSS_DEVICE, String.class)).filter(path -> !path.isEmpty()));
  }

  private PanelSettings panel() {
    return new PanelSettings(
        lines(),
        new PressTimes(
            get(Setting.SHORTEST_PRESS, Duration.class),
            get(Setting.LONGEST_PRESS, Duration.class),
            get(Setting.PRESS_WINDOW, Duration.class),
            get(Setting.CANCEL_AFTER, Duration.class)),
        meaning(Setting.PRESS),
        meaning(Setting.DOUBLE_PRESS),
        get(Setting.CANCEL_WITHIN, Duration.class),
        text(Setting.IN_ZONE).equals("send"));
  }

  private LineSettings lines() {
    return new LineSettings(
        Optional.of(text(Setting.GPIO))
            .filter(source -> !source.isEmpty())
            .map(Hardware::isSimulated),
        line(Setting.BUTTON_GPIO),
        line(Setting.LED_GPIO),
        line(Setting.LID_GPIO),
        line(Setting.POWER_FAIL_GPIO));
  }

  private OptionalInt line(Setting setting) {
    int number = get(setting, Integer.class);
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private Meaning meaning(Setting setting) {
    return Meaning.valueOf(text(setting).toUpperCase(Locale.ROOT));
  }

  private MqttSettings mqtt() {
    return new MqttSettings(
        new BrokerSettings(
            get(Setting.BROKER, URI.class),
            text(Setting.USERNAME),
            text(Setting.PASSWORD_FILE),
            text(Setting.CA_FILE),
            text(Setting.CLIENT_CERT_FILE),
            text(Setting.CLIENT_KEY_FILE)),
        text(Setting.TOPIC_ROOT),
        get(Setting.LIVE_PERIOD, Duration.class),
        get(Setting.DIAG_PERIOD, Duration.class),
        get(Setting.BACKLOG_RATE, Integer.class),
        get(Setting.ENCODING, Encoding.class),
        get(Setting.RESEND_ROWS, Integer.class));
  }

  private OdourSettings odours() {
    return new OdourSettings(
        get(Setting.ODOUR_VOC_INDEX, Double.class),
        get(Setting.ODOUR_H2S_PPM, Double.class),
        get(Setting.ODOUR_NH3_PPM, Double.class),
        get(Setting.ODOUR_HYSTERESIS_PCT, Double.class),
        get(Setting.ODOUR_AFTER, Duration.class),
        get(Setting.ODOUR_INTERVAL, Duration.class));
  }

  private QualitySettings quality() {
    return new QualitySettings(
        get(Setting.NOISE_MOTION_KMH, Double.class),
        get(Setting.PARKED_AFTER, Duration.class),
        get(Setting.PARKED_KMH, Double.class),
        get(Setting.GNSS_POOR_M, Double.class),
        get(Setting.PM_HUMID_PCT, Double.class));
  }

  private <T> T get(Setting setting, Class<T> type) {
    return tables(setting.section()).get(0).get(setting, type);
  }

  private String text(Setting setting) {
    return get(setting, String.class);
  }
}
