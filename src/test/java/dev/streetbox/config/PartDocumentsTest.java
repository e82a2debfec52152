package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.Config;
import dev.streetbox.measure.Quantity;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read about the parts is what the catalogue says. */
class PartDocumentsTest {
  private static final Path TESTED = Path.of("deploy/tested.md");
  private static final Path NOTES = Path.of("hardware-notes");
  private static final Pattern QUOTED = Pattern.compile("`([a-z0-9_]+)`");
  private static final Pattern SETTINGS = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL);

  static List<CatalogueEntry> entries() {
    return Catalogue.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theTableOfTestedPartsNamesWireAndModes(CatalogueEntry part) throws IOException {
    String key = "`" + part.key() + "`";
    List<String> cells = row(section(TESTED, "## Parts"), "(" + key, ", " + key, TESTED.toString());
    String wire =
        part.wiring().match(i2c -> "I2C", converter -> "I2C", uart -> "UART", audio -> "`arecord`");
    String modes = part.modes().isEmpty() ? "" : ", " + String.join(" or ", part.modes());
    assertEquals(wire + modes, cells.get(2), TESTED + ", Parts, row of " + key + ", third cell");
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theListOfNotesNamesItsUsualAddress(CatalogueEntry part) throws IOException {
    String link = "](" + part.key() + ".md)";
    List<String> cells =
        row(
            section(NOTES.resolve("README.md"), "## Parts"),
            link,
            link,
            "hardware-notes/README.md");
    String joined =
        part.wiring()
            .match(
                i2c -> "I2C " + usual(part),
                converter -> "I2C " + usual(part),
                uart -> "UART",
                audio -> "I2S or USB");
    assertTrue(
        cells.get(2).startsWith(joined),
        "hardware-notes/README.md, Parts, third cell of " + link + ": type " + joined);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theBusMapHasItsUsualAddress(CatalogueEntry part) throws IOException {
    String map = section(NOTES.resolve("README.md"), "## Buses and addresses");
    if (!part.wiring().addresses().isEmpty()) {
      assertTrue(
          map.contains("| " + usual(part)) || map.contains(", " + usual(part)),
          "hardware-notes/README.md, Buses and addresses: type a row for " + usual(part));
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theNoteHasTheKeyTheAddressesAndTheQuantities(CatalogueEntry part) throws IOException {
    String note = note(part);
    String driver = "> **Driver:** `" + part.key() + "`";
    assertTrue(note.contains(driver), path(part) + ": type " + driver + " below its title");
    String bus = section(path(part), "## Bus and address");
    List<Integer> needed =
        part.wiring()
            .match(
                i2c -> i2c.addresses(),
                converter -> List.of(converter.usualAddress()),
                uart -> List.<Integer>of(),
                audio -> List.<Integer>of());
    for (int address : needed) {
      assertTrue(
          bus.contains(hex(address)), path(part) + ", Bus and address: name " + hex(address));
    }
    assertEquals(
        List.of(),
        part.allQuantities().stream()
            .map(Quantity::key)
            .filter(key -> !note.contains("`" + key + "`") && !note.contains("\"" + key + "\""))
            .toList(),
        path(part) + ", Measures: name the fields");
    Set<Quantity> claimed = EnumSet.noneOf(Quantity.class);
    String table =
        section(path(part), "## Measures")
            .lines()
            .filter(line -> line.startsWith("|"))
            .collect(Collectors.joining("\n"));
    quoted(table.replaceAll("\\*\\*not\\*\\* `\\w+`", ""))
        .forEach(key -> Quantity.of(key).ifPresent(claimed::add));
    claimed.removeAll(part.allQuantities());
    assertEquals(Set.of(), claimed, path(part) + ", Measures: the part does not give these");
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theNotesSettingsAreAConfiguration(CatalogueEntry part, @TempDir Path root)
      throws IOException, ConfigException {
    Config config = read(settings(section(path(part), "## Bus and address")), root);
    assertEquals(
        List.of(part), config.sensors().stream().map(sensor -> sensor.part()).toList(), "the toml");
  }

  @Test
  void theSetOfTheNotesIsAConfiguration(@TempDir Path root) throws IOException, ConfigException {
    Config config = read(settings(section(NOTES.resolve("README.md"), "## Sets")), root);
    assertEquals(4, config.sensors().size());
  }

  @Test
  void noNoteIsLeftOfAPartThatIsGone() throws IOException {
    String rows = section(NOTES.resolve("README.md"), "## Parts");
    List<String> linked =
        Pattern.compile("\\]\\((\\w+)\\.md\\)")
            .matcher(rows)
            .results()
            .map(link -> link.group(1))
            .filter(key -> !key.equals("gnss"))
            .sorted()
            .toList();
    assertEquals(Catalogue.keys().stream().sorted().toList(), linked);
  }

  private static Config read(String toml, Path root) throws ConfigException {
    String text = toml.contains("[[sensor]]") ? toml : "";
    return new ConfigParser("note.toml", text + "\n[box]\nid = \"sb-1\"\n").parse(root).config();
  }

  private static String settings(String section) {
    return SETTINGS
        .matcher(section)
        .results()
        .map(block -> block.group(1))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> quoted(String text) {
    return QUOTED.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** The cells of the row that has one of two texts in its first cell, from 1. */
  private static List<String> row(String section, String one, String other, String file) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : section.lines().filter(text -> text.startsWith("|")).toList()) {
      List<String> cells = List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
      if (cells.get(1).contains(one) || cells.get(1).contains(other)) {
        rows.add(cells.subList(1, cells.size()));
      }
    }
    assertEquals(1, rows.size(), file + ": type one row with " + one);
    return rows.get(0);
  }

  private static String section(Path file, String heading) throws IOException {
    String text = Files.readString(file);
    int from = text.indexOf(heading + "\n");
    assertTrue(from >= 0, file + " has no " + heading);
    int to = text.indexOf("\n## ", from + heading.length());
    return to < 0 ? text.substring(from) : text.substring(from, to);
  }

  private static String note(CatalogueEntry part) throws IOException {
    assertTrue(Files.exists(path(part)), "write " + path(part) + " from TEMPLATE.md");
    return Files.readString(path(part));
  }

  private static Path path(CatalogueEntry part) {
    return NOTES.resolve(part.key() + ".md");
  }

  private static String usual(CatalogueEntry part) {
    return hex(part.wiring().addresses().get(0));
  }

  private static String hex(int address) {
    return String.format(Locale.ROOT, "0x%02X", address);
  }
}
