package dev.streetbox.config;

import dev.streetbox.mqtt.BrokerUri;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.Converter;
import dev.streetbox.publish.MqttSettings;
import dev.streetbox.sound.MicrophonePart;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every key of the configuration: its section, name, kind, default and a sentence for people. This
 * table is all there is to know about a key: reading, {@code config show} and {@code
 * deploy/streetbox.toml} follow it.
 */
@SuppressWarnings("ImmutableEnumChecker") // a Kind is a record of lambdas without state
enum Setting {
  BOX_ID(
      Section.BOX,
      "id",
      ValueType.text("([a-z0-9-]{3,32})?", "3 to 32 of a-z 0-9 and -", "sb-0042"),
      "",
      "Its name in topics and rows; empty: sb- and the end of its serial number."),
  DATA_DIR(
      Section.BOX,
      "data_dir",
      ValueType.folder("/var/lib/streetbox"),
      "/var/lib/streetbox",
      "The folder of the store, the boot counter and the lock."),
  RUN_DIR(
      Section.BOX,
      "run_dir",
      ValueType.folder("/run/streetbox"),
      "/run/streetbox",
      "The folder of status.json, on tmpfs: written every second."),

  SENSOR_NAME(
      Section.SENSOR,
      "name",
      ValueType.text("[a-z0-9_-]{0,32}", "up to 32 of a-z 0-9 _ and -", "pm"),
      "",
      "Unique; empty: the driver's."),
  SENSOR_DRIVER(
      Section.SENSOR,
      "driver",
      ValueType.choice(Catalogue.keys()).orEmpty(),
      "",
      "The part; has no default."),
  SENSOR_BUS(
      Section.SENSOR,
      "bus",
      ValueType.bus(),
      "",
      "Its I2C bus, or sim; empty: i2c-1, or none for a part not on I2C."),
  SENSOR_ADDRESS(
      Section.SENSOR, "address", ValueType.address(), 0L, "Its I2C address, or its converter's."),
  SENSOR_PORT(
      Section.SENSOR,
      "port",
      ValueType.file("/dev/serial0"),
      "",
      "The serial port of a UART part, as /dev/serial0."),
  SENSOR_MODE(
      Section.SENSOR,
      "mode",
      ValueType.choice(Catalogue.modes()).orEmpty(),
      "",
      "How a part is asked that can be asked in two ways; empty: the first."),
  SENSOR_ADC(
      Section.SENSOR,
      "adc",
      ValueType.choice(Converter.keys()).orEmpty(),
      "",
      "The converter of an analogue part."),
  SENSOR_CHANNEL(
      Section.SENSOR,
      "channel",
      ValueType.integer(0, Converter.INPUTS - 1),
      0L,
      "The converter's input; of a part at several, the first of them."),
  SENSOR_PART(
      Section.SENSOR,
      "part",
      ValueType.choice(MicrophonePart.keys()).orEmpty(),
      "",
      "The type of a microphone."),
  SENSOR_DEVICE(
      Section.SENSOR,
      "device",
      ValueType.text("(\\w[\\w:=,.-]{0,63})?", "an ALSA device", "hw:0,0"),
      "",
      "The sound card of a microphone, as hw:0,0; see arecord --list-devices."),
  SENSOR_SENSITIVITY(
      Section.SENSOR,
      "sensitivity_dbfs",
      ValueType.number(-60, 0),
      0.0,
      "What this microphone gives at 94 dB; 0.0: what its type does."),
  SENSOR_GAS(
      Section.SENSOR,
      "gas",
      ValueType.choice(Catalogue.gases()).orEmpty(),
      "",
      "The gas that the cell of an electrochemical part is for."),
  SENSOR_PERIOD(
      Section.SENSOR,
      "period",
      ValueType.duration("0s", "1h"),
      "0s",
      "How often it is read; 0s: in the part's own rhythm."),

  GNSS_SOURCE(Section.GNSS, "source", ValueType.gnssSource(), "gpsd", "Who gives them."),
  GNSS_ADDRESS(
      Section.GNSS,
      "address",
      ValueType.hostAndPort("127.0.0.1:2947"),
      "127.0.0.1:2947",
      "Where gpsd listens."),

  HOLD(
      Section.TIME,
      "hold",
      ValueType.duration("0s", "1h"),
      "60s",
      "How long new rows wait for a clock; then they go with an estimate."),

  COMMIT_PERIOD(
      Section.STORE,
      "commit_period",
      ValueType.duration("1s", "5m"),
      "10s",
      "A power cut costs the rows younger than this that were not yet sent."),
  MAX_SIZE(
      Section.STORE,
      "max_size",
      ValueType.size("16MB", "1000GB"),
      "2GB",
      "On disk; beyond it the oldest rows go, and a drop record says which."),
  KEEP_ACKNOWLEDGED(
      Section.STORE,
      "keep_acknowledged",
      ValueType.duration("0s", "365d"),
      "7d",
      "How long rows stay after the broker has them."),

  BROKER(
      Section.MQTT,
      "broker",
      ValueType.broker(),
      BrokerUri.LOCAL,
      "Encrypted or not; without a port 8883 or 1883."),
  USERNAME(
      Section.MQTT,
      "username",
      ValueType.text("\\P{Cntrl}*", "text", "sb-0042"),
      "",
      "The login; empty: none."),
  PASSWORD_FILE(
      Section.MQTT,
      "password_file",
      ValueType.file("/etc/streetbox/password"),
      "",
      "A file whose first line is the password."),
  CA_FILE(
      Section.MQTT,
      "ca_file",
      ValueType.file("/etc/streetbox/ca.pem"),
      "",
      "PEM certificates to trust instead of the system's."),
  CLIENT_CERT_FILE(
      Section.MQTT,
      "client_cert_file",
      ValueType.file("/etc/streetbox/box.pem"),
      "",
      "The box's own PEM certificate chain."),
  CLIENT_KEY_FILE(
      Section.MQTT,
      "client_key_file",
      ValueType.file("/etc/streetbox/box.key"),
      "",
      "The key to it: PKCS#8, PEM."),
  TOPIC_ROOT(
      Section.MQTT,
      "topic_root",
      ValueType.text("[^/+#$\\p{Cntrl}][^/+#\\p{Cntrl}]*(/[^/+#\\p{Cntrl}]+)*", "a topic", "a/b"),
      MqttSettings.DEFAULT_TOPIC_ROOT,
      "What every topic begins with."),
  LIVE_PERIOD(
      Section.MQTT,
      "live_period",
      ValueType.duration("1s", "1h"),
      "5s",
      "One batch of the newest rows this often."),
  BACKLOG_RATE(
      Section.MQTT,
      "backlog_rate",
      ValueType.integer(1, 1000),
      120L,
      "Older rows a second at most, beside the newest."),
  ENCODING(
      Section.MQTT,
      "encoding",
      ValueType.encoding().later(List.of("compact")),
      MqttSettings.DEFAULT_ENCODING.key(),
      "How a batch is written; compact is not in this version."),

  NOISE_MOTION_KMH(
      Section.QUALITY,
      "noise_motion_kmh",
      ValueType.number(0, 200),
      18.0,
      "noise_motion: faster, the wind is as loud as a street."),
  PARKED_AFTER(
      Section.QUALITY,
      "parked_after",
      ValueType.duration("1s", "1d"),
      "2m",
      "parked: standing still for longer."),
  PARKED_KMH(
      Section.QUALITY,
      "parked_kmh",
      ValueType.number(0, 20),
      2.0,
      "parked: not faster; receivers see a parked scooter move a little."),
  GNSS_POOR_M(
      Section.QUALITY,
      "gnss_poor_m",
      ValueType.number(0, 100_000),
      20.0,
      "gnss_poor: hacc_m is greater."),
  PM_HUMID_PCT(
      Section.QUALITY,
      "pm_humid_pct",
      ValueType.number(0, 100),
      80.0,
      "pm_humid: the relative humidity is greater."),

  PSEUDONYM(
      Section.PRIVACY,
      "pseudonym",
      ValueType.choice(List.of("none", "daily")),
      "none",
      "daily: another id every local day, not to be linked from outside."),
  TIME_ZONE(
      Section.PRIVACY,
      "time_zone",
      ValueType.timeZone(),
      "",
      "Whose midnight ends such a day; empty: this machine's."),
  ZONE_NAME(
      Section.ZONE,
      "name",
      ValueType.text("[a-z0-9_-]{0,32}", "up to 32 of a-z 0-9 _ and -", "home"),
      "",
      "For people, unique; has no default."),
  ZONE_LAT(
      Section.ZONE,
      "lat",
      ValueType.number(-90, 90, 40.0701).orEmpty(),
      "",
      "Its centre, in degrees of WGS-84; has no default."),
  ZONE_LON(
      Section.ZONE,
      "lon",
      ValueType.number(-180, 180, 116.3265).orEmpty(),
      "",
      "Its centre, in degrees of WGS-84; has no default."),
  ZONE_RADIUS_M(
      Section.ZONE,
      "radius_m",
      ValueType.number(10, 10_000),
      300.0,
      "All within it is hidden, and at random up to 3.25 times as far."),

  BUTTON_GPIO(
      Section.REPORT,
      "button_gpio",
      ValueType.integer(0, 27).only(17L),
      17L,
      "The button's BCM number; it is not read in this version."),
  LED_GPIO(
      Section.REPORT,
      "led_gpio",
      ValueType.integer(0, 27).only(27L),
      27L,
      "The lamp's BCM number; it is not lit in this version."),

  RIDE(
      Section.SIMULATE,
      "ride",
      ValueType.choice(List.of("huilongguan")),
      "huilongguan",
      "The simulated ride."),
  SPEED(
      Section.SIMULATE,
      "speed",
      ValueType.number(0.1, 1000),
      1.0,
      "How many times faster than real time; only if no real part is configured."),
  SEED(
      Section.SIMULATE,
      "seed",
      ValueType.integer(0, Integer.MAX_VALUE),
      1L,
      "What makes one simulated ride differ from another."),
  SCENARIO(
      Section.SIMULATE,
      "scenario",
      ValueType.scenario(),
      "",
      "What happens to simulated parts; deploy/scenario-example.txt shows how.");

  private final Section section;
  private final String key;
  private final ValueType valueType;
  private final Object byDefault;
  private final String sentence;

  Setting(Section section, String key, ValueType valueType, Object byDefault, String sentence) {
    this.section = section;
    this.key = key;
    this.valueType = valueType;
    this.byDefault = byDefault;
    this.sentence = sentence;
  }

  /** Where it stands. */
  Section section() {
    return section;
  }

  /** Its name in the file. */
  String key() {
    return key;
  }

  /** What it may be. */
  ValueType kind() {
    return valueType;
  }

  /** The TOML value that holds if the file says nothing: a String, a Long or a Double. */
  Object byDefault() {
    return byDefault;
  }

  /** What it is for, for people. */
  String sentence() {
    return sentence;
  }

  /** Whether it says where somebody lives: it is never shown or quoted, not even if it is wrong. */
  boolean isPlace() {
    return this == ZONE_LAT || this == ZONE_LON;
  }

  /** The place that a line of the file seems to set, if it does. */
  static Optional<Setting> placeIn(String line) {
    return Arrays.stream(values())
        .filter(Setting::isPlace)
        .filter(setting -> line.matches("\\W*" + setting.key + "\\W.*"))
        .findFirst();
  }

  /** The settings of a section, in the order of the table. */
  static List<Setting> of(Section section) {
    return Arrays.stream(values()).filter(setting -> setting.section == section).toList();
  }

  /** The setting of a name within a section, if there is one. */
  static Optional<Setting> of(Section section, String key) {
    return of(section).stream().filter(setting -> setting.key.equals(key)).findFirst();
  }
}
