package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the hash of a configuration is that of its settings by their keys. */
class ConfigHashTest {
  /** Has every setting except the speed, which is not allowed with real parts. */
  private static final String FULL =
      """
      [box]
      id = "sb-0042"
      data_dir = "/data"
      run_dir = "/run/sb"
      [[sensor]]
      name = "pm"
      driver = "sps30"
      bus = "i2c-3"
      address = 0x69
      mode = "float"
      period = "1s"
      [[sensor]]
      driver = "pms5003"
      port = "/dev/ttyAMA0"
      model = "pms5003t"
      [[sensor]]
      driver = "mics6814"
      adc = "ads1115"
      address = 0x4A
      channel = 0
      period = "2s"
      [[sensor]]
      driver = "multigas"
      gas = "h2s"
      [[sensor]]
      driver = "microphone"
      part = "inmp441"
      device = "hw:0,0"
      slot = "left"
      sensitivity_dbfs = -27.5
      [[sensor]]
      name = "air"
      driver = "sht4x"
      bus = "sim"
      [gnss]
      source = "gpsd"
      address = "127.0.0.1:2947"
      device = "/dev/a"
      """
          + SettingsText.COMMON
          + """
          [sound_event]
          threshold_db = 85
          hysteresis_db = 5
          [report]
          gpio = "linux"
          button_gpio = 5
          led_gpio = 19
          press = "odour"
          double_press = "none"
          shortest = "40ms"
          longest = "1500ms"
          window = "700ms"
          cancel_after = "4s"
          cancel_within = "90s"
          in_zone = "send"
          [simulate]
          seed = 7
          scenario = "SCENARIO"
          """;

  private static final String TEXT =
      """
      box.data_dir = /data
      box.id = sb-0042
      box.run_dir = /run/sb
      gnss.address = tcp://127.0.0.1:2947
      gnss.device = /dev/a
      gnss.source = gpsd
      mqtt.backlog_rate = 20
      mqtt.broker = mqtts://broker.example:8883
      mqtt.ca_file = /ca
      mqtt.client_cert_file = /cert
      mqtt.client_key_file = /key
      mqtt.diag_period = 600000ms
      mqtt.encoding = json+gzip
      mqtt.live_period = 120000ms
      mqtt.password_file = /p
      mqtt.resend_rows_per_day = 5000
      mqtt.topic_root = city/boxes
      odour.after = 15000ms
      odour.h2s_ppm = 0.5
      odour.hysteresis_pct = 20
      odour.interval = 600000ms
      odour.nh3_ppm = 5
      odour.voc_index = 250
      privacy.pseudonym = daily
      privacy.time_zone = Asia/Shanghai
      privacy.zone.1.name = home
      quality.gnss_poor_m = 50
      quality.noise_motion_kmh = 12.5
      quality.parked_after = 90000ms
      quality.parked_kmh = 1
      quality.pm_humid_pct = 70
      report.button_gpio = 5
      report.cancel_after = 4000ms
      report.cancel_within = 90000ms
      report.double_press = none
      report.gpio = linux
      report.in_zone = send
      report.led_gpio = 19
      report.longest = 1500ms
      report.press = odour
      report.shortest = 40ms
      report.window = 700ms
      sensor.1.address = 105
      sensor.1.bus = i2c-3
      sensor.1.driver = sps30
      sensor.1.mode = float
      sensor.1.name = pm
      sensor.1.period = 1000ms
      sensor.2.driver = pms5003
      sensor.2.model = pms5003t
      sensor.2.name = pms5003
      sensor.2.period = 0ms
      sensor.2.port = /dev/ttyAMA0
      sensor.3.adc = ads1115
      sensor.3.address = 74
      sensor.3.bus = i2c-1
      sensor.3.channel = 0
      sensor.3.driver = mics6814
      sensor.3.name = mics6814
      sensor.3.period = 2000ms
      sensor.4.address = 116
      sensor.4.bus = i2c-1
      sensor.4.driver = multigas
      sensor.4.gas = h2s
      sensor.4.name = multigas
      sensor.4.period = 0ms
      sensor.5.device = hw:0,0
      sensor.5.driver = microphone
      sensor.5.name = microphone
      sensor.5.part = inmp441
      sensor.5.period = 0ms
      sensor.5.sensitivity_dbfs = -27.5
      sensor.5.slot = left
      sensor.6.address = 68
      sensor.6.bus = sim
      sensor.6.driver = sht4x
      sensor.6.name = air
      sensor.6.period = 0ms
      simulate.ride = huilongguan
      simulate.scenario = at 30000ms air no_answer on
      simulate.seed = 7
      simulate.speed = 1
      sound_event.hysteresis_db = 5
      sound_event.threshold_db = 85
      store.commit_period = 5000ms
      store.keep_acknowledged = 172800000ms
      store.max_size = 512000000
      store.power_fail_gpio = 13
      tamper.gpio = 6
      tamper.part_gone_after = 90000ms
      time.hold = 90000ms
      """;

  /** Holds a setting, a line of {@link #FULL} that sets it, and another value. */
  private record Change(Setting setting, String line, String other) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change(Setting.BOX_ID, "id = \"sb-0042\"", "\"sb-0043\""),
          new Change(Setting.DATA_DIR, "data_dir = \"/data\"", "\"/data2\""),
          new Change(Setting.RUN_DIR, "run_dir = \"/run/sb\"", "\"/run/other\""),
          new Change(Setting.SENSOR_NAME, "name = \"pm\"", "\"dust\""),
          new Change(Setting.SENSOR_DRIVER, "driver = \"sht4x\"", "\"sht3x\""),
          new Change(Setting.SENSOR_BUS, "bus = \"i2c-3\"", "\"i2c-4\""),
          new Change(Setting.SENSOR_ADDRESS, "address = 0x4A", "0x49"),
          new Change(Setting.SENSOR_PORT, "port = \"/dev/ttyAMA0\"", "\"/dev/ttyAMA1\""),
          new Change(Setting.SENSOR_MODE, "mode = \"float\"", "\"integer\""),
          new Change(Setting.SENSOR_MODEL, "model = \"pms5003t\"", "\"pms5003s\""),
          new Change(Setting.SENSOR_ADC, "adc = \"ads1115\"", "\"ads1015\""),
          new Change(Setting.SENSOR_CHANNEL, "channel = 0", "1"),
          new Change(Setting.SENSOR_PART, "part = \"inmp441\"", "\"sph0645\""),
          new Change(Setting.SENSOR_DEVICE, "device = \"hw:0,0\"", "\"hw:1,0\""),
          new Change(Setting.SENSOR_SLOT, "slot = \"left\"", "\"right\""),
          new Change(Setting.SENSOR_SENSITIVITY, "sensitivity_dbfs = -27.5", "-27.6"),
          new Change(Setting.SENSOR_GAS, "gas = \"h2s\"", "\"nh3\""),
          new Change(Setting.SENSOR_PERIOD, "period = \"1s\"", "\"1001ms\""),
          new Change(Setting.GNSS_SOURCE, "source = \"gpsd\"", "\"none\""),
          new Change(Setting.GNSS_ADDRESS, "address = \"127.0.0.1:2947\"", "\"127.0.0.1:2948\""),
          new Change(Setting.HOLD, "hold = \"90s\"", "\"91s\""),
          new Change(Setting.COMMIT_PERIOD, "commit_period = \"5s\"", "\"6s\""),
          new Change(Setting.MAX_SIZE, "max_size = \"512MB\"", "\"513MB\""),
          new Change(Setting.KEEP_ACKNOWLEDGED, "keep_acknowledged = \"2d\"", "\"3d\""),
          new Change(
              Setting.BROKER, "broker = \"mqtts://broker.example\"", "\"mqtts://b.example\""),
          new Change(Setting.PASSWORD_FILE, "password_file = \"/p\"", "\"/p2\""),
          new Change(Setting.CA_FILE, "ca_file = \"/ca\"", "\"/ca2\""),
          new Change(Setting.CLIENT_CERT_FILE, "client_cert_file = \"/cert\"", "\"/cert2\""),
          new Change(Setting.CLIENT_KEY_FILE, "client_key_file = \"/key\"", "\"/key2\""),
          new Change(Setting.TOPIC_ROOT, "topic_root = \"city/boxes\"", "\"city\""),
          new Change(Setting.LIVE_PERIOD, "live_period = \"2m\"", "\"121s\""),
          new Change(Setting.DIAG_PERIOD, "diag_period = \"10m\"", "\"11m\""),
          new Change(Setting.BACKLOG_RATE, "backlog_rate = 20", "21"),
          new Change(Setting.ENCODING, "encoding = \"json+gzip\"", "\"json\""),
          new Change(Setting.RESEND_ROWS, "resend_rows_per_day = 5000", "5001"),
          new Change(Setting.NOISE_MOTION_KMH, "noise_motion_kmh = 12.5", "12.6"),
          new Change(Setting.PARKED_AFTER, "parked_after = \"90s\"", "\"91s\""),
          new Change(Setting.PARKED_KMH, "parked_kmh = 1", "2"),
          new Change(Setting.GNSS_POOR_M, "gnss_poor_m = 50", "51"),
          new Change(Setting.GNSS_DEVICE, "device = \"/dev/a\"", "\"/dev/b\""),
          new Change(Setting.SOUND_THRESHOLD, "threshold_db = 85", "86"),
          new Change(Setting.SOUND_HYSTERESIS, "hysteresis_db = 5", "4"),
          new Change(Setting.ODOUR_VOC_INDEX, "voc_index = 250", "251"),
          new Change(Setting.ODOUR_H2S_PPM, "h2s_ppm = 0.5", "0.6"),
          new Change(Setting.ODOUR_NH3_PPM, "nh3_ppm = 5", "6"),
          new Change(Setting.ODOUR_HYSTERESIS_PCT, "hysteresis_pct = 20", "21"),
          new Change(Setting.ODOUR_AFTER, "after = \"15s\"", "\"16s\""),
          new Change(Setting.ODOUR_INTERVAL, "interval = \"10m\"", "\"11m\""),
          new Change(Setting.PART_GONE_AFTER, "part_gone_after = \"90s\"", "\"91s\""),
          new Change(Setting.PM_HUMID_PCT, "pm_humid_pct = 70", "71"),
          new Change(Setting.PSEUDONYM, "pseudonym = \"daily\"", "\"none\""),
          new Change(Setting.TIME_ZONE, "time_zone = \"Asia/Shanghai\"", "\"UTC\""),
          new Change(Setting.ZONE_NAME, "name = \"home\"", "\"house\""),
          new Change(Setting.LID_GPIO, "gpio = 6", "7"),
          new Change(Setting.POWER_FAIL_GPIO, "power_fail_gpio = 13", "12"),
          new Change(Setting.GPIO, "gpio = \"linux\"", "\"sim\""),
          new Change(Setting.BUTTON_GPIO, "button_gpio = 5", "8"),
          new Change(Setting.LED_GPIO, "led_gpio = 19", "-1"),
          new Change(Setting.PRESS, "press = \"odour\"", "\"report\""),
          new Change(Setting.DOUBLE_PRESS, "double_press = \"none\"", "\"report\""),
          new Change(Setting.SHORTEST_PRESS, "shortest = \"40ms\"", "\"41ms\""),
          new Change(Setting.LONGEST_PRESS, "longest = \"1500ms\"", "\"1501ms\""),
          new Change(Setting.PRESS_WINDOW, "window = \"700ms\"", "\"701ms\""),
          new Change(Setting.CANCEL_AFTER, "cancel_after = \"4s\"", "\"5s\""),
          new Change(Setting.CANCEL_WITHIN, "cancel_within = \"90s\"", "\"91s\""),
          new Change(Setting.IN_ZONE, "in_zone = \"send\"", "\"keep\""),
          new Change(Setting.SEED, "seed = 7", "8"));

  /** Settings that have one allowed value only in this version. */
  private static final Set<Setting> FIXED = EnumSet.of(Setting.RIDE);

  @TempDir private Path folder;

  private ConfigFile read(String text) throws Exception {
    Path scenario = folder.resolve("scenario.txt");
    if (Files.notExists(scenario)) {
      Files.writeString(scenario, "at 30s air no_answer on\n");
    }
    String whole = text.replace("SCENARIO", scenario.toString());
    return ConfigFile.parse("box.toml", whole, folder);
  }

  private String hash(String text) throws Exception {
    return read(text).config().hash();
  }

  private static String replaced(String line, String by) {
    assertTrue(FULL.contains(line + "\n"), line);
    return FULL.replace(line + "\n", by + "\n");
  }

  @Test
  void theHashedTextHasOneLineForEachSettingByItsKey() throws Exception {
    assertEquals(TEXT, ConfigHash.text(read(FULL).tables()));
    assertEquals("b65d7a8f5ba8", hash(FULL)); // sha256sum of the text
  }

  @Test
  void neitherTheOrderOfKeysNorTheSpellingOfAValueMatters() throws Exception {
    String first = hash(FULL);
    String box = "[box]\nid = \"sb-0042\"\ndata_dir = \"/data\"\nrun_dir = \"/run/sb\"\n";
    String turned = "[box]\nrun_dir = \"/run/sb\"\nid = \"sb-0042\"\ndata_dir = \"/data\"\n";
    assertEquals(first, hash(replaced(box.strip(), turned.strip())));
    assertEquals(first, hash(replaced(box.strip(), "") + box));
    assertEquals(first, hash(replaced("live_period = \"2m\"", "live_period = \"120s\"")));
    assertEquals(first, hash(replaced("parked_kmh = 1", "parked_kmh = 1.0")));
    assertEquals(first, hash(replaced("seed = 7", "seed = 7\nspeed = 1.0")));
    assertEquals(
        first,
        hash(
            replaced(
                "broker = \"mqtts://broker.example\"",
                "broker = \"mqtts://broker.example:8883\"")));
  }

  @Test
  void anotherValueOfAnySettingIsAnotherHash() throws Exception {
    String first = hash(FULL);
    Set<Setting> changed = EnumSet.noneOf(Setting.class);
    for (Change change : CHANGES) {
      String key = change.setting().key() + " = ";
      assertTrue(change.line().startsWith(key), change.line());
      String other = hash(replaced(change.line(), key + change.other()));
      assertNotEquals(first, other, change.line());
      changed.add(change.setting());
    }
    changed.add(theSpeed());
    changed.add(theScenario());
    changed.addAll(ConfigHash.LEFT_OUT);
    changed.addAll(FIXED);
    assertEquals(EnumSet.allOf(Setting.class), changed);
  }

  private Setting theSpeed() throws Exception {
    String simulated = "box.id = \"sb-1\"\ngnss.source = \"sim\"\n";
    assertNotEquals(hash(simulated), hash(simulated + "simulate.speed = 2"));
    return Setting.SPEED;
  }

  private Setting theScenario() throws Exception {
    String first = hash(FULL);
    Path scenario = folder.resolve("scenario.txt");
    Files.writeString(scenario, "# the same event\nat 30000ms   air no_answer on\n");
    assertEquals(first, hash(FULL));
    for (String event : List.of("at 31s air no_answer on", "at 30s air no_answer off")) {
      Files.writeString(scenario, event);
      assertNotEquals(first, hash(FULL), event);
    }
    return Setting.SCENARIO;
  }

  @Test
  void theOrderOfSensorsMattersBecauseItIsTheirPrecedence() throws Exception {
    String gas = "[[sensor]]\ndriver = \"multigas\"\ngas = \"h2s\"\n";
    String air = "[[sensor]]\ndriver = \"sht4x\"\n";
    String box = "[box]\nid = \"sb-1\"\n";
    assertNotEquals(hash(box + gas + air), hash(box + air + gas));
  }

  @Test
  void theLoginAndThePlacesAreLeftOutSoThatGuessesCannotBeTried() throws Exception {
    String first = hash(FULL);
    assertEquals(first, hash(replaced("username = \"access-token\"", "username = \"other\"")));
    assertEquals(first, hash(replaced("lat = 40.0701", "lat = 40.0702")));
    assertEquals(first, hash(replaced("lon = -116", "lon = -117")));
    assertEquals(first, hash(replaced("radius_m = 250", "radius_m = 251")));
  }
}
