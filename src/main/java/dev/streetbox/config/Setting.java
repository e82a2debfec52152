package dev.streetbox.config;

import dev.streetbox.bus.Hardware;
import dev.streetbox.mqtt.BrokerUri;
import dev.streetbox.panel.Meaning;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.Converter;
import dev.streetbox.publish.MqttSettings;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.Slot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lists every key of the configuration with its section, name, type, default and description.
 * Reading, {@code config show} and {@code deploy/streetbox.toml} are driven by this table alone.
 */
@SuppressWarnings("ImmutableEnumChecker") // a ValueType is a record of lambdas without state
enum Setting {
  BOX_ID(
      Section.BOX,
      "id",
      ValueType.text("([a-z0-9-]{3,32})?", "3 to 32 of a-z 0-9 and -", "sb-0042"),
      "",
      "Names the box in topics and rows; empty: sb- and the serial number's end."),
  DATA_DIR(
      Section.BOX,
      BoxFolder.DATA.key(),
      ValueType.folder(BoxFolder.DATA.standard()),
      BoxFolder.DATA.standard(),
      "The folder of the store, the boot counter and the lock."),
  RUN_DIR(
      Section.BOX,
      BoxFolder.RUN.key(),
      ValueType.folder(BoxFolder.RUN.standard()),
      BoxFolder.RUN.standard(),
      "The folder of status.json, which is written every 5 s: on tmpfs."),

  SENSOR_NAME(
      Section.SENSOR,
      "name",
      ValueType.text("[a-z0-9_-]{0,32}", "up to 32 of a-z 0-9 _ and -", "pm"),
      "",
      "Names the sensor, unique; empty: the driver's name."),
  SENSOR_DRIVER(
      Section.SENSOR,
      "driver",
      ValueType.choice(Catalogue.keys()).orEmpty(),
      "",
      "The part's driver; has no default."),
  SENSOR_BUS(
      Section.SENSOR,
      "bus",
      ValueType.bus(),
      "",
      "The part's I2C bus, or sim; empty: i2c-1, or none for a part not on I2C."),
  SENSOR_ADDRESS(
      Section.SENSOR,
      "address",
      ValueType.address(),
      0L,
      "The I2C address of the part, or of its converter."),
  SENSOR_PORT(
      Section.SENSOR,
      "port",
      ValueType.file("/dev/serial0"),
      "",
      "The port of a UART part: /dev/serial0, or /dev/serial/by-id/NAME (USB)."),
  SENSOR_MODE(
      Section.SENSOR,
      "mode",
      ValueType.choice(Catalogue.modes()).orEmpty(),
      "",
      "The mode of a part that has several; empty: the first."),
  SENSOR_MODEL(
      Section.SENSOR,
      "model",
      ValueType.choice(Catalogue.models()).orEmpty(),
      "",
      "The model of a pms5003 part, as pms5003t; empty: the driver recognises it."),
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
      "The converter's input; the first one of a part that takes several."),
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
  SENSOR_SLOT(
      Section.SENSOR,
      "slot",
      ValueType.choice(Slot.keys()).orEmpty(),
      "",
      "The slot of an I2S microphone; empty: the one that is not constant."),
  SENSOR_SENSITIVITY(
      Section.SENSOR,
      "sensitivity_dbfs",
      ValueType.number(-60, 0),
      0.0,
      "The level of this microphone at 94 dB, in dBFS; 0.0: that of its type."),
  SENSOR_GAS(
      Section.SENSOR,
      "gas",
      ValueType.choice(Catalogue.gases()).orEmpty(),
      "",
      "The gas that the cell of an electrochemical part measures."),
  SENSOR_PERIOD(
      Section.SENSOR,
      "period",
      ValueType.duration("0s", "1h"),
      "0s",
      "The interval between two readings; 0s: the part's own."),

  GNSS_SOURCE(Section.GNSS, "source", ValueType.gnssSource(), "gpsd", "The source of positions."),
  GNSS_ADDRESS(
      Section.GNSS,
      "address",
      ValueType.hostAndPort("127.0.0.1:2947"),
      "127.0.0.1:2947",
      "The address of gpsd."),
  GNSS_DEVICE(
      Section.GNSS,
      "device",
      ValueType.text("/[!-~]{1,127}", "a path as gpsd names it", "/dev/ttyACM0").orEmpty(),
      "",
      "Of several receivers at gpsd, the one to use; empty: any that has a fix."),

  HOLD(
      Section.TIME,
      "hold",
      ValueType.duration("0s", "1h"),
      "60s",
      "New rows wait so long for a trusted clock, then get an estimated time."),

  COMMIT_PERIOD(
      Section.STORE,
      "commit_period",
      ValueType.duration("1s", "5m"),
      "10s",
      "A power cut loses the unsent rows that are younger than this."),
  MAX_SIZE(
      Section.STORE,
      "max_size",
      ValueType.size("16MB", "1000GB"),
      "2GB",
      "Limits the store's size; above it the oldest rows are dropped and declared."),
  KEEP_ACKNOWLEDGED(
      Section.STORE,
      "keep_acknowledged",
      ValueType.duration("0s", "365d"),
      "7d",
      "Rows stay in the store for so long after the broker acknowledged them."),

  POWER_FAIL_GPIO(
      Section.STORE,
      "power_fail_gpio",
      ValueType.integer(-1, 27),
      -1L,
      "The BCM number of a line that is low when the supply fails; -1: none."),

  BROKER(
      Section.MQTT,
      "broker",
      ValueType.broker(),
      BrokerUri.LOCAL,
      "The broker's address; the port defaults to 8883 (mqtts) or 1883 (mqtt)."),
  USERNAME(
      Section.MQTT,
      "username",
      ValueType.text("\\P{C}{0,256}", "up to 256 characters", "sb-0042"),
      "",
      "The user name of the login; empty: no login."),
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
      "PEM certificates that are trusted instead of the system's."),
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
      "The private key of client_cert_file: PKCS#8, PEM."),
  TOPIC_ROOT(
      Section.MQTT,
      "topic_root",
      ValueType.text(
          "(?=.{1,200}$)[^/+#$\\p{C}][^/+#\\p{C}]*(/[^/+#\\p{C}]+)*",
          "a topic of up to 200 characters",
          "a/b"),
      MqttSettings.DEFAULT_TOPIC_ROOT,
      "The first levels of every topic."),
  LIVE_PERIOD(
      Section.MQTT,
      "live_period",
      ValueType.duration("1s", "1h"),
      "5s",
      "The interval between two batches of the newest rows."),
  DIAG_PERIOD(
      Section.MQTT,
      "diag_period",
      ValueType.duration("1m", "1d"),
      "5m",
      "The interval between two messages of counters, faults and power on diag."),
  BACKLOG_RATE(
      Section.MQTT,
      "backlog_rate",
      ValueType.integer(1, 5000),
      2000L,
      "Limits the rows a second of the backlog, whose pace follows the link."),
  ENCODING(
      Section.MQTT,
      "encoding",
      ValueType.encoding(),
      MqttSettings.DEFAULT_ENCODING.key(),
      "A month (300 h, 23 values, 5s): json 490 MB, json+gzip 165, compact 103."),
  RESEND_ROWS(
      Section.MQTT,
      "resend_rows_per_day",
      ValueType.integer(0, 10_000_000),
      (long) MqttSettings.DEFAULT_RESEND_ROWS,
      "Limits the rows a day that command resend may have sent once more."),

  NOISE_MOTION_KMH(
      Section.QUALITY,
      "noise_motion_kmh",
      ValueType.number(0, 200),
      18.0,
      "Flags noise_motion above this speed, where wind is as loud as a street."),
  PARKED_AFTER(
      Section.QUALITY,
      "parked_after",
      ValueType.duration("1s", "1d"),
      "2m",
      "Flags parked after standing still for longer than this."),
  PARKED_KMH(
      Section.QUALITY,
      "parked_kmh",
      ValueType.number(0, 20),
      2.0,
      "Speeds up to this count as standing still, because GNSS speed has noise."),
  GNSS_POOR_M(
      Section.QUALITY,
      "gnss_poor_m",
      ValueType.number(0, 100_000),
      20.0,
      "Flags gnss_poor if hacc_m is greater."),
  PM_HUMID_PCT(
      Section.QUALITY,
      "pm_humid_pct",
      ValueType.number(0, 100),
      80.0,
      "Flags pm_humid if the relative humidity is greater."),

  SOUND_THRESHOLD(
      Section.SOUND_EVENT,
      "threshold_db",
      ValueType.number(0, 140),
      0.0,
      "A sound is an event from this LAFmax on, as 85.0; 0.0: no events."),
  SOUND_HYSTERESIS(
      Section.SOUND_EVENT,
      "hysteresis_db",
      ValueType.number(0, 40),
      6.0,
      "A sound ends when its level is this far below the threshold."),

  ODOUR_VOC_INDEX(
      Section.ODOUR,
      "voc_index",
      ValueType.number(0, 500),
      300.0,
      "An odour is an event from this VOC index on; 0.0: no such events."),
  ODOUR_H2S_PPM(
      Section.ODOUR,
      "h2s_ppm",
      ValueType.number(0, 1_000),
      1.0,
      "The same of hydrogen sulphide, in ppm."),
  ODOUR_NH3_PPM(
      Section.ODOUR, "nh3_ppm", ValueType.number(0, 1_000), 10.0, "The same of ammonia, in ppm."),
  ODOUR_HYSTERESIS_PCT(
      Section.ODOUR,
      "hysteresis_pct",
      ValueType.number(0, 90),
      10.0,
      "An odour ends when its value is so many percent below the threshold."),
  ODOUR_AFTER(
      Section.ODOUR,
      "after",
      ValueType.duration("1s", "1m"),
      "10s",
      "An odour that ends earlier is no event."),
  ODOUR_INTERVAL(
      Section.ODOUR,
      "interval",
      ValueType.duration("10s", "1d"),
      "5m",
      "The shortest time between two events of one gas."),

  PSEUDONYM(
      Section.PRIVACY,
      "pseudonym",
      ValueType.choice(List.of("none", "daily")),
      "none",
      "daily: the id changes every local day, so that days cannot be linked."),
  TIME_ZONE(
      Section.PRIVACY,
      "time_zone",
      ValueType.timeZone(),
      "",
      "The time zone of a local day; empty: this machine's."),
  ZONE_NAME(
      Section.ZONE,
      "name",
      ValueType.text("[a-z0-9_-]{0,32}", "up to 32 of a-z 0-9 _ and -", "home"),
      "",
      "Names the zone, unique; has no default."),
  ZONE_LAT(
      Section.ZONE,
      "lat",
      ValueType.number(-90, 90, 40.0701).orEmpty(),
      "",
      "The latitude of the centre, degrees of WGS-84; has no default."),
  ZONE_LON(
      Section.ZONE,
      "lon",
      ValueType.number(-180, 180, 116.3265).orEmpty(),
      "",
      "The longitude of the centre, degrees of WGS-84; has no default."),
  ZONE_RADIUS_M(
      Section.ZONE,
      "radius_m",
      ValueType.number(10, 10_000),
      300.0,
      "Hides all within it, and a margin drawn by the box up to 5.4 times as far."),

  PART_GONE_AFTER(
      Section.TAMPER,
      "part_gone_after",
      ValueType.duration("0s", "1h"),
      "1m",
      "A part that measured and is gone for so long is an event; 0s: none is."),

  LID_GPIO(
      Section.TAMPER,
      "gpio",
      ValueType.integer(-1, 27),
      -1L,
      "The BCM number of the lid's switch, to ground while closed; -1: none."),

  GPIO(
      Section.REPORT,
      "gpio",
      ValueType.choice(List.of("linux", Hardware.SIMULATED)).orEmpty(),
      "",
      "The GPIO lines: linux, sim; empty: sim if all else is simulated."),
  BUTTON_GPIO(
      Section.REPORT,
      "button_gpio",
      ValueType.integer(-1, 27),
      17L,
      "The BCM number of the button, to ground; -1: none."),
  LED_GPIO(
      Section.REPORT,
      "led_gpio",
      ValueType.integer(-1, 27),
      27L,
      "The BCM number of the lamp; -1: none."),
  PRESS(
      Section.REPORT,
      "press",
      ValueType.choice(Meaning.keys()),
      "report",
      "The meaning of a press of the button."),
  DOUBLE_PRESS(
      Section.REPORT,
      "double_press",
      ValueType.choice(Meaning.keys()),
      "odour",
      "The meaning of two presses in a row."),
  SHORTEST_PRESS(
      Section.REPORT,
      "shortest",
      ValueType.duration("10ms", "500ms"),
      "30ms",
      "A shorter contact is vibration and no press."),
  LONGEST_PRESS(
      Section.REPORT,
      "longest",
      ValueType.duration("600ms", "10s"),
      "2s",
      "A longer contact is no press."),
  PRESS_WINDOW(
      Section.REPORT,
      "window",
      ValueType.duration("100ms", "2s"),
      "600ms",
      "A second press begins within so long after the first; then the report is made."),
  CANCEL_AFTER(
      Section.REPORT,
      "cancel_after",
      ValueType.duration("1s", "20s"),
      "3s",
      "Holding the button for so long takes the last report back."),
  CANCEL_WITHIN(
      Section.REPORT,
      "cancel_within",
      ValueType.duration("0s", "1h"),
      "1m",
      "A report can be taken back for so long after its press."),
  IN_ZONE(
      Section.REPORT,
      "in_zone",
      ValueType.choice(List.of("keep", "send")),
      "keep",
      "send: a report in a zone goes out at once and tells that the box is there."),

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
      "Multiplies the speed of time; other than 1.0 only without real parts."),
  SEED(
      Section.SIMULATE,
      "seed",
      ValueType.integer(0, Integer.MAX_VALUE),
      1L,
      "The seed of the simulated ride's random numbers."),
  SCENARIO(
      Section.SIMULATE,
      "scenario",
      ValueType.scenario(),
      "",
      "A file of faults of simulated parts, as deploy/scenario-example.txt.");

  private final Section section;
  private final String key;
  private final ValueType type;
  private final Object defaultValue;
  private final String description;

  Setting(Section section, String key, ValueType type, Object defaultValue, String description) {
    this.section = section;
    this.key = key;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** Returns the section that the setting is in. */
  Section section() {
    return section;
  }

  /** Returns the setting's name in the file. */
  String key() {
    return key;
  }

  /** Returns the setting's type. */
  ValueType type() {
    return type;
  }

  /** Returns the TOML value that holds if the file has none: a String, a Long or a Double. */
  Object defaultValue() {
    return defaultValue;
  }

  /** Returns the comment above the setting in {@code deploy/streetbox.toml}. */
  String description() {
    return description;
  }

  /**
   * Returns whether the setting is the latitude or longitude of a privacy zone, whose value is
   * never shown or quoted, not even if it is wrong.
   */
  boolean isLocation() {
    return this == ZONE_LAT || this == ZONE_LON;
  }

  /** Returns whether no message may quote the setting's value, because it may tell a home. */
  boolean isPrivate() {
    return section == Section.ZONE;
  }

  /** Returns a value of the setting as TOML; an I2C address in hexadecimal, as in datasheets. */
  String text(Object tomlValue) {
    return this == SENSOR_ADDRESS && tomlValue instanceof Number number && number.longValue() > 0
        ? String.format(Locale.ROOT, "0x%02X", number.longValue())
        : TomlText.value(tomlValue);
  }

  /** Returns the line {@code key = value}. */
  String line(Object tomlValue) {
    return key + " = " + text(tomlValue);
  }

  /** Returns the line with the setting's default, or with its type's example if that is empty. */
  String example() {
    return line(defaultValue.equals("") ? type.example() : defaultValue);
  }

  /** Returns the latitude or longitude that a line of the file seems to set, if it does. */
  static Optional<Setting> locationIn(String line) {
    return Arrays.stream(values())
        .filter(Setting::isLocation)
        .filter(setting -> line.matches("\\W*" + setting.key + "\\W.*"))
        .findFirst();
  }

  /** Returns the settings of a section, in the order of this table. */
  static List<Setting> of(Section section) {
    return Arrays.stream(values()).filter(setting -> setting.section == section).toList();
  }

  /** Returns the setting of a section with that key, if there is one. */
  static Optional<Setting> of(Section section, String key) {
    return of(section).stream().filter(setting -> setting.key.equals(key)).findFirst();
  }
}
