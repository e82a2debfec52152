package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tomlj.Toml;

class SettingTest {
  @Test
  void anI2cAddressIsWrittenInHexadecimal() {
    assertEquals("address = 0x69", Setting.SENSOR_ADDRESS.line(0x69));
    assertEquals("address = 0", Setting.SENSOR_ADDRESS.line(0L));
    assertEquals("channel = 3", Setting.SENSOR_CHANNEL.line(3L));
  }

  @Test
  void theExampleIsTheDefaultIfThereIsOne() {
    assertEquals("live_period = \"5s\"", Setting.LIVE_PERIOD.example());
    assertEquals("id = \"sb-0042\"", Setting.BOX_ID.example());
    assertEquals("lat = 40.0701", Setting.ZONE_LAT.example());
  }

  @Test
  void theExampleOfEverySettingIsALineOfToml() {
    for (Setting setting : Setting.values()) {
      assertTrue(Toml.parse(setting.example()).errors().isEmpty(), setting.example());
    }
  }

  @Test
  void theDescriptionOfEverySettingAndSectionFitsATerminalAndIsASentence() {
    Stream.concat(
            Stream.of(Setting.values()).map(Setting::description),
            Stream.of(Section.values()).map(Section::description))
        .forEach(text -> assertTrue(text.length() <= 78 && text.endsWith("."), text));
  }

  @Test
  void noKeyIsInASectionTwice() {
    for (Section section : Section.values()) {
      List<String> keys = Setting.of(section).stream().map(Setting::key).toList();
      assertEquals(keys.stream().distinct().toList(), keys, section.fullName());
    }
  }

  @Test
  void theLocationThatALineSetsIsRecognisedWhateverItsSyntax() {
    assertEquals(Optional.of(Setting.ZONE_LAT), Setting.locationIn("lat = 39,9"));
    assertEquals(Optional.of(Setting.ZONE_LON), Setting.locationIn("  \"lon\" 116.4"));
    assertEquals(Optional.empty(), Setting.locationIn("latitude = 39.9"));
    assertEquals(Optional.empty(), Setting.locationIn("name = \"lat\""));
  }

  @Test
  void onlyTheCentreOfAZoneIsALocation() {
    assertEquals(
        List.of(Setting.ZONE_LAT, Setting.ZONE_LON),
        Stream.of(Setting.values()).filter(Setting::isLocation).toList());
  }

  @Test
  void aSectionHasAPathAndAHeader() {
    assertEquals(List.of("privacy", "zone"), Section.ZONE.path());
    assertEquals("[[privacy.zone]]", Section.ZONE.header());
    assertEquals("[mqtt]", Section.MQTT.header());
    assertEquals(List.of(Section.ZONE), Section.PRIVACY.children());
    assertEquals(Optional.empty(), Section.of("zone"));
    assertEquals(Optional.of(Section.BOX), Section.of("box"));
  }

  @Test
  void aLoginWithinAUriIsMaskedInToml() {
    assertEquals("\"mqtt://***@h\"", TomlText.value("mqtt://user:secret@h"));
    assertEquals("\"a\\\"b\"", TomlText.value("a\"b"));
    assertEquals("a list", TomlText.value(Toml.parse("a = [1]").getArray("a")));
    assertEquals("a section", TomlText.value(Toml.parse("[a]").getTable("a")));
  }
}
