package dev.streetbox.config;

import dev.streetbox.agent.Config;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists the drivers of the catalogue and makes configurations with them, for tests. */
public final class KnownDrivers {
  private KnownDrivers() {}

  /** Returns the keys of all drivers. */
  public static List<String> names() {
    return Catalogue.keys();
  }

  /** Returns the drivers of parts on I2C, grouped so that no two of a group share an address. */
  public static List<List<String>> buses() {
    List<List<String>> buses = new ArrayList<>();
    List<Set<Integer>> taken = new ArrayList<>();
    for (String driver : names()) {
      List<Integer> addresses = addresses(driver);
      if (addresses.isEmpty()) {
        continue;
      }
      int bus = 0;
      while (bus < buses.size() && taken.get(bus).contains(addresses.get(0))) {
        bus++;
      }
      if (bus == buses.size()) {
        buses.add(new ArrayList<>());
        taken.add(new HashSet<>());
      }
      buses.get(bus).add(driver);
      taken.get(bus).add(addresses.get(0));
    }
    return buses;
  }

  /** Returns the drivers of parts that are not on I2C. */
  public static List<String> alone() {
    return names().stream().filter(driver -> addresses(driver).isEmpty()).toList();
  }

  /** Returns a configuration with one simulated part, named as its driver. */
  public static Config simulated(String driver, Path folder) throws IOException, ConfigException {
    return simulated(List.of(driver), "", folder);
  }

  /** Returns a configuration with one simulated part of each driver, and a scenario. */
  public static Config simulated(List<String> drivers, String scenario, Path folder)
      throws IOException, ConfigException {
    StringBuilder text = new StringBuilder();
    for (String driver : drivers) {
      text.append("[[sensor]]\ndriver = \"").append(driver).append("\"\nbus = \"sim\"\n");
      text.append(own(driver));
    }
    return simulatedText(text.toString(), scenario, folder);
  }

  /** Returns a configuration with one simulated part whose cell measures a gas. */
  public static Config simulatedFor(String gas, String driver, Path folder)
      throws IOException, ConfigException {
    String text = "[[sensor]]\ndriver = \"%s\"\nbus = \"sim\"\ngas = \"%s\"\n";
    return simulatedText(text.formatted(driver, gas), "", folder);
  }

  /** Returns a configuration with these sensors, without a receiver, and a scenario. */
  public static Config simulatedText(String sensors, String scenario, Path folder)
      throws IOException, ConfigException {
    Path events = Files.writeString(folder.resolve("scenario.txt"), scenario);
    String box =
        """
        [box]
        id = "sb-1"
        data_dir = "%s"
        [gnss]
        source = "none"
        [simulate]
        scenario = "%s"
        """
            .formatted(Files.createDirectories(folder.resolve("data")), events);
    return ConfigFile.parse("box.toml", box + sensors, folder).config();
  }

  /** Returns a configuration of these sections beside [box], with its folders below one folder. */
  public static Config text(String sections, Path folder) throws IOException, ConfigException {
    String box =
        "[box]\nid = \"sb-1\"\ndata_dir = \"%s\"\nrun_dir = \"%s\"\n"
            .formatted(
                Files.createDirectories(folder.resolve("data")),
                Files.createDirectories(folder.resolve("run")));
    return ConfigFile.parse("box.toml", box + sections, folder).config();
  }

  private static List<Integer> addresses(String driver) {
    return Catalogue.of(driver).orElseThrow().wiring().addresses();
  }

  /** Returns the lines of the settings that a simulated part requires. */
  private static String own(String driver) {
    CatalogueEntry part = Catalogue.of(driver).orElseThrow();
    String wiring =
        part.wiring()
            .match(
                i2c -> "",
                converter -> "adc = \"" + converter.converters().get(0).key() + "\"\n",
                uart -> "",
                audio -> "part = \"ics43434\"\n");
    return part.gases().keySet().stream()
            .findFirst()
            .map(gas -> "gas = \"" + gas + "\"\n")
            .orElse("")
        + wiring;
  }

  /** Returns a configuration with one part on a real bus, and more lines. */
  public static Config wired(String driver, String more, Path folder)
      throws IOException, ConfigException {
    String text =
        "[box]\nid = \"sb-1\"\ndata_dir = \"%s\"\n[[sensor]]\ndriver = \"%s\"\n%s"
            .formatted(Files.createDirectories(folder.resolve("data")), driver, more);
    return ConfigFile.parse("box.toml", text, folder).config();
  }
}
