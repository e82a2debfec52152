package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.BoardTree;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches a simulated bus and a file system's root of the test's own. */
class FoundPartsTest {
  private static final String SENSOR =
      "[[sensor]]\nname = \"%s\"\ndriver = \"%s\"\nbus = \"sim\"\n";

  @TempDir private Path root;
  private final ScriptedTime time = new ScriptedTime();
  private int parts;

  private static String sensor(String name, String driver, int address) {
    return SENSOR.formatted(name, driver) + "address = 0x%02x\n".formatted(address);
  }

  private List<String> lines(String sensors) throws Exception {
    Config config = KnownDrivers.simulatedText(sensors, "", root);
    try (PartsBench bench = new PartsBench(config, time, Optional.empty())) {
      time.pass(Duration.ofSeconds(1)); // the parts' power is on before the program starts
      FoundParts found = new FoundParts(bench, root, time);
      List<String> lines = found.lines();
      parts = found.parts();
      return lines;
    }
  }

  @Test
  void aSerialPartIsFoundByTheBeginningOfItsFrames() {
    assertEquals("pms5003", FoundParts.driver("\u00124BM\0\u001c\0\u000f"));
    assertEquals("pms5003", FoundParts.driver("BM\0$\0"));
    assertEquals("sds011", FoundParts.driver("\u00ab\u00aa\u00c0\u0010"));
    assertEquals("ze03", FoundParts.driver("\u00ff\u0086\0"));
    assertEquals("gnss", FoundParts.driver("1,M*42\r\n$GNRMC,"));
    assertEquals("", FoundParts.driver("BM"));
    assertEquals("", FoundParts.driver("login: "));
  }

  @Test
  void twoPartsOfOneKindHaveNamesAndAddressesOfTheirOwn() throws Exception {
    assertEquals(
        List.of(
            "[[sensor]]",
            "name = \"sht4x\"",
            "driver = \"sht4x\"",
            "bus = \"sim\"",
            "address = 0x44",
            "[[sensor]]",
            "name = \"sht4x-2\"",
            "driver = \"sht4x\"",
            "bus = \"sim\"",
            "address = 0x45"),
        lines(sensor("road", "sht4x", 0x44) + sensor("box", "sht4x", 0x45)));
    assertEquals(2, parts);
  }

  @Test
  void theFoundSectionsAreAConfigurationWithTheSameParts() throws Exception {
    List<String> lines =
        lines(
            sensor("a", "sht4x", 0x44)
                + sensor("b", "bme280", 0x76)
                + sensor("c", "sps30", 0x69)
                + sensor("d", "sgp41", 0x59));
    Config found = KnownDrivers.simulatedText(String.join("\n", lines), "", root);
    assertEquals(
        List.of("sht4x", "sgp41", "sps30", "bme280"),
        found.sensors().stream().map(sensor -> sensor.part().key()).toList());
  }

  @Test
  void aPartThatSharesItsIdentificationNamesTheOtherDrivers() throws Exception {
    List<String> lines =
        lines(SENSOR.formatted("sound", "sen0232") + "adc = \"ads1115\"\naddress = 0x48\n");
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("# or driver = \"")), "" + lines);
    assertEquals(1, parts);
  }

  @Test
  void aBusOfThisMachineThatFailsIsACommentAndTheNextOneIsSearched() throws Exception {
    new BoardTree(root).write("dev/i2c-991", "").write("dev/i2c-992", "").write("dev/i2c", "");
    List<String> lines = lines(sensor("air", "sht4x", 0x44));
    assertEquals("address = 0x44", lines.get(4));
    assertTrue(lines.get(5).startsWith("# i2c-991: "), lines.get(5));
    assertTrue(lines.get(6).startsWith("# i2c-992: "), lines.get(6));
    assertEquals(7, lines.size());
    assertEquals(1, parts);
  }

  @Test
  void aMachineWithoutDevicesHasNoLine() throws Exception {
    assertEquals(List.of(), lines("[[sensor]]\ndriver = \"pms5003\"\nport = \"/dev/ttyA\"\n"));
  }
}
