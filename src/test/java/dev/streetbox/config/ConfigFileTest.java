package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.Config.GnssSettings;
import dev.streetbox.agent.Config.GnssSource;
import dev.streetbox.agent.Config.SimulationSettings;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.outbox.StoreSettings;
import dev.streetbox.panel.LineSettings;
import dev.streetbox.panel.Meaning;
import dev.streetbox.panel.PanelSettings;
import dev.streetbox.panel.PressTimes;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.Converter;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.publish.MqttSettings;
import dev.streetbox.record.OdourSettings;
import dev.streetbox.record.PrivacySettings;
import dev.streetbox.record.QualitySettings;
import dev.streetbox.record.RoadEventSettings;
import dev.streetbox.record.SoundEventSettings;
import dev.streetbox.record.Zone;
import dev.streetbox.simulate.Scenario;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  private static final String FULL =
      """
      [box]
      id = "sb-0042"
      data_dir = "/data"
      run_dir = "/tmp/run"

      [[sensor]]
      name = "pm"
      driver = "sps30"
      bus = "i2c-3"
      address = 0x69
      period = "1s"

      [[sensor]]
      driver = "pms5003"
      port = "/dev/ttyAMA0"
      mode = "passive"

      [[sensor]]
      name = "noise"
      driver = "sen0232"
      adc = "ads1115"
      address = 0x4A
      channel = 2
      period = "125ms"

      [[sensor]]
      driver = "sht4x"

      [[sensor]]
      driver = "microphone"
      part = "inmp441"
      device = "plughw:CARD=sndrpigooglevoi,DEV=0"
      sensitivity_dbfs = -27.5

      [gnss]
      source = "gpsd"
      address = "[::1]:2947"
      """
          + SettingsText.COMMON
          + """
          [[privacy.zone]]
          name = "parents"
          lat = -90.0
          lon = 180.0

          [report]
          gpio = "linux"
          button_gpio = 5
          led_gpio = -1
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
          """;

  @TempDir private Path folder;

  @Test
  void everySettingReachesTheAgent() throws Exception {
    assertEquals(
        new Config(
            "sb-0042",
            Path.of("/tmp/run"),
            List.of(
                sensor("pm", "sps30", new PartPlace.I2c("i2c-3", 0x69), "", "1s"),
                sensor("pms5003", "pms5003", new PartPlace.Uart("/dev/ttyAMA0"), "passive", "0s"),
                sensor(
                    "noise",
                    "sen0232",
                    new PartPlace.ConverterInput("i2c-1", 0x4A, Converter.ADS1115, 2),
                    "",
                    "125ms"),
                sensor("sht4x", "sht4x", new PartPlace.I2c("i2c-1", 0x44), "", "0s"),
                sensor(
                        "microphone",
                        "microphone",
                        new PartPlace.Audio("plughw:CARD=sndrpigooglevoi,DEV=0"),
                        "",
                        "0s")
                    .withMicrophone(new MicrophoneSettings(MicrophonePart.INMP441, -27.5, true))),
            new GnssSettings(GnssSource.GPSD, "[::1]", 2947, Optional.empty()),
            Duration.ofSeconds(90),
            new StoreSettings(
                Path.of("/data"), Duration.ofSeconds(5), 512_000_000, Duration.ofDays(2)),
            new MqttSettings(
                new BrokerSettings(
                    URI.create("mqtts://broker.example:8883"),
                    "access-token",
                    "/p",
                    "/ca",
                    "/cert",
                    "/key"),
                "city/boxes",
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                20,
                Encoding.JSON_GZIP,
                5000),
            new QualitySettings(12.5, Duration.ofSeconds(90), 1, 50, 70),
            new RoadEventSettings(
                SoundEventSettings.OFF,
                new OdourSettings(250, 0.5, 5, 20, Duration.ofSeconds(15), Duration.ofMinutes(10))),
            Duration.ofSeconds(90),
            new PrivacySettings(
                List.of(new Zone("home", 40.0701, -116, 250), new Zone("parents", -90, 180, 300)),
                true,
                ZoneId.of("Asia/Shanghai")),
            new PanelSettings(
                new LineSettings(
                    Optional.of(false),
                    OptionalInt.of(5),
                    OptionalInt.empty(),
                    OptionalInt.of(6),
                    OptionalInt.of(13)),
                new PressTimes(
                    Duration.ofMillis(40),
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(700),
                    Duration.ofSeconds(4)),
                Meaning.ODOUR,
                Meaning.NONE,
                Duration.ofSeconds(90),
                true),
            new SimulationSettings("huilongguan", 1.0, 7, Scenario.NONE),
            ConfigHash.ofTables(read(FULL).tables())),
        read(FULL).config());
  }

  private static SensorSettings sensor(
      String name, String driver, PartPlace place, String mode, String period) {
    return new SensorSettings(
        name,
        Catalogue.of(driver).orElseThrow(),
        place,
        false,
        Optional.of(mode).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Units.duration(period).orElseThrow());
  }

  @Test
  void theDeployedFileIsTheTableOfSettings() throws IOException {
    assertEquals(
        ConfigText.defaults(),
        Files.readString(Path.of("deploy/streetbox.toml")),
        "run: target/streetbox/bin/streetbox config show --defaults > deploy/streetbox.toml");
  }

  @Test
  void theDeployedFileChangesNothing() throws Exception {
    String id = "[box]\nid = \"sb-1\"\n";
    String deployed = Files.readString(Path.of("deploy/streetbox.toml"));
    assertEquals(read(id).config(), read(deployed.replace("id = \"\"", "id = \"sb-1\"")).config());
  }

  @Test
  void theDeployedFileFitsATerminal() throws IOException {
    List<String> wide =
        Files.readAllLines(Path.of("deploy/streetbox.toml")).stream()
            .filter(line -> line.length() > 80)
            .toList();
    assertEquals(List.of(), wide);
  }

  @Test
  void theShownTomlParsesToTheSameSettings() throws Exception {
    String open = FULL.replace("username = \"access-token\"", "");
    open = open.substring(0, open.indexOf("[privacy")) + open.substring(open.indexOf("[simulate]"));
    String shown = ConfigText.toml(read(open));
    assertEquals(shown, ConfigText.toml(read(shown)));
    assertEquals(read(open).config(), read(shown).config());
  }

  @Test
  void theCentreOfAZoneIsNeitherShownNorHashed() throws Exception {
    ConfigFile config = read(FULL);
    ConfigFile elsewhere = read(FULL.replace("40.0701", "40.0702"));
    assertTrue(ConfigText.toml(config).contains("[[privacy.zone]]\nname = \"home\"\nlat = \"***"));
    assertFalse(ConfigText.toml(config).contains("40.07"));
    assertFalse(ConfigText.json(config).contains("40.07"));
    assertFalse(config.config().toString().contains("40.07"));
    assertEquals(config.config().hash(), elsewhere.config().hash());
  }

  @Test
  void zonesAreWithinTheirSectionInJson() throws Exception {
    String json = ConfigText.json(read(FULL));
    assertTrue(
        json.contains(
            "\"privacy\":{\"pseudonym\":\"daily\",\"time_zone\":\"Asia/Shanghai\",\"zone\":[{\"name\":\"home\","),
        json);
  }

  @Test
  void aBoxWithoutZonesHasAnEmptyList() throws Exception {
    assertEquals(List.of(), read("").config().privacy().zones());
  }

  @Test
  void theNameOfTheUserIsMaskedBecauseItMayBeAToken() throws Exception {
    ConfigFile config = read(FULL);
    assertTrue(ConfigText.toml(config).contains("username = \"********\""));
    assertFalse(ConfigText.toml(config).contains("access-token"));
    assertFalse(ConfigText.json(config).contains("access-token"));
  }

  @Test
  void aBrokerWithoutAPortHasTheDefaultPort() throws Exception {
    assertEquals(
        URI.create("mqtt://broker.example:1883"),
        read("[mqtt]\nbroker = \"mqtt://broker.example\"").config().mqtt().broker().uri());
    assertEquals(
        URI.create("mqtts://broker.example:443"),
        read("[mqtt]\nbroker = \"mqtts://broker.example:443\"").config().mqtt().broker().uri());
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({"1s, 16MB, 1", "1h, 1000GB, 1000"})
  void bothEndsOfARangeAreAllowed(String period, String size, int rate) throws Exception {
    String text = "mqtt.live_period = \"%s\"\nstore.max_size = \"%s\"\nmqtt.backlog_rate = %d";
    Config config = read(text.formatted(period, size, rate)).config();
    assertEquals(Units.duration(period).orElseThrow(), config.mqtt().livePeriod());
    assertEquals(Units.bytes(size).orElseThrow(), config.store().maxSizeBytes());
    assertEquals(rate, config.mqtt().backlogRate());
  }

  @Test
  void simulatedPartsMayRunFaster() throws Exception {
    Config config =
        read("""
        simulate.speed = 60
        gnss.source = "sim"
        [[sensor]]
        driver = "pms5003"
        bus = "sim"
        """)
            .config();
    assertEquals(60.0, config.simulation().speed());
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreNoMistake() throws Exception {
    assertEquals("sb-1", read("\uFEFF[box]\r\nid = \"sb-1\"\r\n").config().boxId());
  }

  @Test
  void simulatedPartsWithoutAnAddressHaveAPlaceEach() throws Exception {
    String microphone = "[[sensor]]\ndriver = \"microphone\"\npart = \"sph0645\"\nbus = \"sim\"\n";
    assertEquals(
        2,
        read(microphone + "[[sensor]]\ndriver = \"pms5003\"\nbus = \"sim\"")
            .config()
            .sensors()
            .size());
    ConfigException twice =
        assertThrows(ConfigException.class, () -> read(microphone + "name = \"a\"\n" + microphone));
    assertTrue(
        twice.getMessage().contains("driver = \"microphone\", bus = \"sim\" is taken by line 1"),
        twice.getMessage());
  }

  @Test
  void twoMicrophonesOnOneSoundCardAreRefused() {
    String begin = "[[sensor]]\ndriver = \"microphone\"\ndevice = \"hw:0,0\"\npart = ";
    ConfigException twice =
        assertThrows(
            ConfigException.class,
            () -> read(begin + "\"sph0645\"\nname = \"a\"\n" + begin + "\"inmp441\""));
    assertTrue(twice.getMessage().contains("device = \"hw:0,0\" is taken"), twice.getMessage());
  }

  @Test
  void twoAnaloguePartsShareAConverter() throws Exception {
    String sensor =
        "[[sensor]]\nname = \"%d\"\ndriver = \"sen0232\"\nadc = \"ads1115\"\nchannel = %d\n";
    assertEquals(
        2, read(sensor.formatted(1, 1) + sensor.formatted(2, 2)).tables(Section.SENSOR).size());
  }

  @Test
  void theDefaultOfEverySettingIsOfItsType() {
    for (Setting setting : Setting.values()) {
      ParsedValue parsed = setting.type().parse(setting.defaultValue());
      assertTrue(parsed.value().isPresent(), setting + " is " + parsed.error());
      assertEquals(setting, Setting.of(setting.section(), setting.key()).orElseThrow());
    }
  }

  private ConfigFile read(String text) throws Exception {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(etc.resolve("machine-id"), "0123456789abcdef0123456789abcdef\n");
    return ConfigFile.parse("box.toml", text, folder);
  }
}
