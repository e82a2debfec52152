package dev.streetbox.config;

import dev.streetbox.agent.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the configuration knows, for tests of those who must know the same. */
public final class KnownDrivers {
  private KnownDrivers() {}

  /** The names of the drivers that this version has. */
  public static List<String> names() {
    return Part.keys();
  }

  /** The drivers of parts on I2C, in groups of which no two have one address: each fits a bus. */
  public static List<List<String>> buses() {
    List<List<String>> buses = new ArrayList<>();
    List<Set<Integer>> taken = new ArrayList<>();
    for (String driver : names()) {
      List<Integer> addresses = Part.of(driver).orElseThrow().addresses();
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

  /** The drivers of parts that have a wire of their own. */
  public static List<String> alone() {
    return names().stream()
        .filter(driver -> Part.of(driver).orElseThrow().addresses().isEmpty())
        .toList();
  }

  /** A configuration with one simulated part of that driver, named as the driver. */
  public static Config simulated(String driver, Path folder) throws IOException, ConfigException {
    return simulated(List.of(driver), "", folder);
  }

  /** One simulated part of each of these drivers, named as the driver, and what happens to them. */
  public static Config simulated(List<String> drivers, String scenario, Path folder)
      throws IOException, ConfigException {
    Path events = Files.writeString(folder.resolve("scenario.txt"), scenario);
    StringBuilder text =
        new StringBuilder(
            """
            [box]
            id = "sb-1"
            data_dir = "%s"
            [gnss]
            source = "none"
            [simulate]
            scenario = "%s"
            """
                .formatted(Files.createDirectories(folder.resolve("data")), events));
    for (String driver : drivers) {
      text.append("[[sensor]]\ndriver = \"").append(driver).append("\"\nbus = \"sim\"\n");
      text.append(own(driver));
    }
    return new ConfigParser("box.toml", text.toString()).parse(folder).config();
  }

  private static String own(String driver) {
    return switch (Part.of(driver).orElseThrow().wiring()) {
      case I2C -> driver.equals("multigas") ? "gas = \"h2s\"\n" : "";
      case SERIAL -> "";
      case CONVERTER -> "adc = \"ads1115\"\n";
      case AUDIO -> "part = \"ics43434\"\n";
    };
  }

  /** A configuration with one part of that driver on a real bus, and more. */
  public static Config wired(String driver, String more, Path folder)
      throws IOException, ConfigException {
    String text =
        "[box]\nid = \"sb-1\"\ndata_dir = \"%s\"\n[[sensor]]\ndriver = \"%s\"\n%s"
            .formatted(Files.createDirectories(folder.resolve("data")), driver, more);
    return new ConfigParser("box.toml", text).parse(folder).config();
  }
}
