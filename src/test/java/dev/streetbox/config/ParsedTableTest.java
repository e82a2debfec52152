package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tomlj.Toml;
import org.tomlj.TomlPosition;

class ParsedTableTest {
  private static final TomlPosition HEADER = TomlPosition.positionAt(7, 3);

  private final Diagnostics diagnostics = new Diagnostics("box.toml", "");

  private ParsedTable table(Section section, String toml) {
    return ParsedTable.read(section, Toml.parse(toml), HEADER, diagnostics);
  }

  @Test
  void aSettingThatIsLeftOutHasItsDefault() {
    ParsedTable store = table(Section.STORE, "max_size = \"64MB\"");
    assertEquals(64_000_000L, store.get(Setting.MAX_SIZE, Long.class));
    assertFalse(store.isDefault(Setting.MAX_SIZE));
    assertEquals(Duration.ofSeconds(10), store.get(Setting.COMMIT_PERIOD, Duration.class));
    assertTrue(store.isDefault(Setting.COMMIT_PERIOD));
    assertTrue(store.isValid());
  }

  @Test
  void aWrongValueIsReportedAndHasItsDefault() {
    ParsedTable store = table(Section.STORE, "max_size = 5");
    assertFalse(store.isValid());
    assertEquals(2_000_000_000L, store.get(Setting.MAX_SIZE, Long.class));
    assertEquals(
        List.of(
            "box.toml:1:1: max_size is 5, not a size from 16MB to 1000GB; type max_size = \"2GB\""),
        diagnostics.lines());
  }

  @Test
  void aMistakeOfASettingWithoutALineIsAtTheTablesPosition() {
    ParsedTable sensor = table(Section.SENSOR, "");
    sensor.require(Setting.SENSOR_ADC, "sen0232");
    assertEquals(
        List.of("box.toml:7:3: sen0232 needs adc; type adc = \"ads1115\""), diagnostics.lines());
  }

  @Test
  void aRequiredSettingThatTheFileHasIsNoMistake() {
    table(Section.SENSOR, "adc = \"ads1115\"").require(Setting.SENSOR_ADC, "sen0232");
    assertTrue(diagnostics.isEmpty());
  }

  @Test
  void aChildSectionIsNoUnknownKeyOfItsParent() {
    assertTrue(table(Section.PRIVACY, "[[zone]]\nname = \"home\"").isValid());
    assertFalse(table(Section.BOX, "[[zone]]\nname = \"home\"").isValid());
  }

  @Test
  void replacingAValueByOneOfAnotherTypeIsABug() {
    ParsedTable box = table(Section.BOX, "");
    box.set(Setting.BOX_ID, "sb-1");
    assertEquals("sb-1", box.text(Setting.BOX_ID));
    assertThrows(IllegalArgumentException.class, () -> box.set(Setting.BOX_ID, "Box 1"));
    assertEquals("sb-1", box.text(Setting.BOX_ID));
  }

  @Test
  void onlySettingsThatItsPartHasAreEffectiveInASensor() {
    ParsedTable plain = table(Section.SENSOR, "driver = \"sht4x\"");
    assertEquals(
        List.of(Setting.SENSOR_NAME, Setting.SENSOR_DRIVER, Setting.SENSOR_PERIOD),
        plain.effectiveSettings());
    ParsedTable converter = table(Section.SENSOR, "driver = \"sen0232\"\nadc = \"ads1115\"");
    assertTrue(converter.effectiveSettings().contains(Setting.SENSOR_CHANNEL));
    assertEquals(
        Setting.of(Section.STORE), table(Section.STORE, "").effectiveSettings(), "every one");
  }

  @Test
  void everyLaterTableWithOneKeyIsReportedWithTheLineOfTheFirst() {
    UniqueKeys keys = new UniqueKeys();
    keys.add("name = \"a\"", Setting.SENSOR_NAME, table(Section.SENSOR, "name = \"a\""));
    keys.add("name = \"b\"", Setting.SENSOR_NAME, table(Section.SENSOR, "name = \"b\""));
    assertTrue(diagnostics.isEmpty());
    keys.add("name = \"a\"", Setting.SENSOR_NAME, table(Section.SENSOR, "\nname = \"a\""));
    keys.add("name = \"a\"", Setting.SENSOR_NAME, table(Section.SENSOR, "\n\nname = \"a\""));
    String taken = ": name = \"a\" is taken by line 1; change or delete one of them";
    assertEquals(List.of("box.toml:2:1" + taken, "box.toml:3:1" + taken), diagnostics.lines());
  }
}
