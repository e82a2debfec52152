package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that two sensors that claim one place are reported with what to type. */
class PlaceConflictsTest {
  private static final String METER = "[[sensor]]\ndriver = \"sen0232\"\nadc = \"ads1115\"\n";
  private static final String MODULE = "[[sensor]]\ndriver = \"pcbartists\"\n";
  private static final String GAS = "[[sensor]]\ndriver = \"mics6814\"\nadc = \"ads1015\"\n";

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"i2c-1", "sim"})
  void aMeterAndAModuleAtTheirDefaultsOnOneBusAreRefused(String bus) {
    String line = "bus = \"" + bus + "\"\n";
    assertEquals(
        List.of(
            "box.toml:5:1: bus = \"%s\", address = 0x48 is taken by line 1; type address = 0x49"
                    .formatted(bus)
                + " there, since pcbartists has no other"),
        mistakes(METER + line + MODULE + line));
    assertEquals(
        List.of(
            "box.toml:4:1: bus = \"%s\", address = 0x48 is taken by line 1; type address = 0x49"
                .formatted(bus)),
        mistakes(MODULE + line + METER + line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i2c-1", "sim"})
  void twoKindsOfConverterAtOneAddressAreRefused(String bus) {
    String line = "bus = \"" + bus + "\"\n";
    assertEquals(
        List.of(
            "box.toml:9:1: bus = \"%s\", address = 0x49, as adc = \"ads1015\", is taken by line 1;"
                    .formatted(bus)
                + " type address = 0x48"),
        mistakes(GAS + line + METER + line + "address = 0x49\nchannel = 3\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i2c-1", "sim"})
  void twoInputsOfOneConverterAreTwoPlaces(String bus) throws Exception {
    String line = "bus = \"" + bus + "\"\n";
    String gas = GAS.replace("1015", "1115") + line;
    assertEquals(2, read(gas + METER + line + "address = 0x49\nchannel = 3\n"));
    assertEquals(
        List.of(
            "box.toml:5:1: bus = \"%s\", address = 0x49, adc = \"ads1115\", channel = 0 is taken"
                    .formatted(bus)
                + " by line 1; type channel = 3"),
        mistakes(gas + METER + line + "address = 0x49\n"));
  }

  @Test
  void ifEveryInputIsTakenAnotherAddressIsSuggested() {
    String three = GAS.replace("1015", "1115");
    assertEquals(
        List.of(
            "box.toml:4:1: bus = \"i2c-1\", address = 0x49, adc = \"ads1115\", channel = 0 is taken"
                + " by line 1; type address = 0x48"),
        mistakes(three + three + "name = \"b\"\n"));
  }

  @Test
  void twoPartsWithOneCommonAddressNeedTwoBuses() {
    String both = "[[sensor]]\ndriver = \"sps30\"\n%1$s[[sensor]]\ndriver = \"sen55\"\n%1$s";
    assertEquals(
        List.of(
            "box.toml:3:1: bus = \"i2c-1\", address = 0x69 is taken by line 1;"
                + " type bus = \"i2c-3\" for one of them, or delete one"),
        mistakes(both.formatted("")));
    assertEquals(
        List.of(
            "box.toml:4:1: bus = \"sim\", address = 0x69 is taken by line 1; delete one of them"),
        mistakes(both.formatted("bus = \"sim\"\n")));
  }

  /** Puts every two parts of the catalogue that share an address at that address. */
  @ParameterizedTest
  @ValueSource(strings = {"i2c-1", "sim"})
  void anyTwoPartsAtOneAddressAreRefused(String bus) {
    List<String> accepted = new ArrayList<>();
    for (CatalogueEntry first : Catalogue.entries()) {
      for (CatalogueEntry second : Catalogue.entries()) {
        for (int address : first.wiring().addresses()) {
          if (second.wiring().addresses().contains(address)) {
            String text = sensor("a", first, bus, address) + sensor("b", second, bus, address);
            try {
              read(text);
              accepted.add(text);
            } catch (ConfigException e) {
              assertEquals(1, e.lines().size(), e.getMessage());
            }
          }
        }
      }
    }
    assertEquals(List.of(), accepted);
  }

  static Stream<Arguments> soundCards() {
    return Stream.of(
        arguments("hw:0,0", "plughw:0,0"),
        arguments("hw:0", "hw:0,0"),
        arguments("plughw:CARD=mic,DEV=0", "hw:mic"));
  }

  @ParameterizedTest(name = "{0} and {1}")
  @MethodSource("soundCards")
  void oneSoundCardUnderTwoNamesIsOneCard(String one, String other) {
    String microphone =
        "[[sensor]]\ndriver = \"microphone\"\npart = \"inmp441\"\ndevice = \"%s\"\nname = \"%s\"\n";
    assertEquals(
        List.of(
            "box.toml:9:1: device = \"%s\" is taken by line 4; change or delete one of them"
                .formatted(other)),
        mistakes(microphone.formatted(one, "a") + microphone.formatted(other, "b")));
  }

  @Test
  void simulatedModulesForTwoGasesHaveAPortEachAndTwoForOneGasDoNot() throws Exception {
    String module = "[[sensor]]\nname = \"%s\"\ndriver = \"ze03\"\nbus = \"sim\"\ngas = \"%s\"\n";
    assertEquals(2, read(module.formatted("a", "h2s") + module.formatted("b", "nh3")));
    assertEquals(1, mistakes(module.formatted("a", "h2s") + module.formatted("b", "h2s")).size());
  }

  @Test
  void aLinkToASerialPortIsThatPort() throws Exception {
    Path dev = Files.createDirectories(root.resolve("dev"));
    Files.createSymbolicLink(dev.resolve("serial0"), Files.createFile(dev.resolve("ttyS0")));
    String sensor = "[[sensor]]\ndriver = \"%s\"\nport = \"%s\"\n";
    assertEquals(
        List.of(
            "box.toml:6:1: port = \"/dev/ttyS0\" is taken by line 3; change or delete one of them"),
        mistakes(
            sensor.formatted("pms5003", "/dev/serial0")
                + sensor.formatted("sds011", "/dev/ttyS0")));
  }

  private static String sensor(String name, CatalogueEntry part, String bus, int address) {
    String own =
        part.gases().keySet().stream().findFirst().map(gas -> "gas = \"" + gas + "\"\n").orElse("");
    String converter =
        part.wiring()
            .converterInput()
            .map(input -> "adc = \"" + input.converters().get(0).key() + "\"\n")
            .orElse("");
    return "[[sensor]]\nname = \"%s\"\ndriver = \"%s\"\nbus = \"%s\"\naddress = %d\n%s%s"
        .formatted(name, part.key(), bus, address, own, converter);
  }

  private int read(String text) throws ConfigException {
    String box = text + "[box]\nid = \"sb-1\"\n";
    return ConfigFile.parse("box.toml", box, root).config().sensors().size();
  }

  private List<String> mistakes(String text) {
    return assertThrows(ConfigException.class, () -> read(text)).lines();
  }
}
