package dev.streetbox.config;

import dev.streetbox.agent.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What the configuration knows, for tests of those who must know the same. */
public final class KnownDrivers {
  private KnownDrivers() {}

  /** The names of the drivers that this version has. */
  public static List<String> names() {
    return Part.keys();
  }

  /** A configuration with one simulated part of that driver, named as the driver. */
  public static Config simulated(String driver, Path folder) throws IOException, ConfigException {
    return simulated(List.of(driver), folder);
  }

  /** A configuration with one simulated part of each driver, named as the driver. */
  public static Config simulated(List<String> drivers, Path folder)
      throws IOException, ConfigException {
    String text =
        """
        [box]
        id = "sb-1"
        data_dir = "%s"
        [gnss]
        source = "none"
        """
            .formatted(Files.createDirectories(folder.resolve("data")));
    String sensors = drivers.stream().map(KnownDrivers::simulated).collect(Collectors.joining());
    return new ConfigParser("box.toml", text + sensors).parse(folder).config();
  }

  private static String simulated(String driver) {
    String own =
        switch (Part.of(driver).orElseThrow().wiring()) {
          case I2C -> driver.equals("multigas") ? "gas = \"h2s\"\n" : "";
          case SERIAL -> "";
          case CONVERTER -> "adc = \"ads1115\"\n";
          case AUDIO -> "part = \"ics43434\"\n";
        };
    return "[[sensor]]\ndriver = \"" + driver + "\"\nbus = \"sim\"\n" + own;
  }
}
