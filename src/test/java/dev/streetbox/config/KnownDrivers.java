package dev.streetbox.config;

import dev.streetbox.agent.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the configuration knows, for tests of those who must know the same. */
public final class KnownDrivers {
  private KnownDrivers() {}

  /** The names of the drivers that this version has. */
  public static List<String> names() {
    return Part.keys();
  }

  /** A configuration with one simulated part of that driver, named as the driver. */
  public static Config simulated(String driver, Path folder) throws IOException, ConfigException {
    String own =
        switch (Part.of(driver).orElseThrow().wiring()) {
          case I2C -> driver.equals("multigas") ? "gas = \"h2s\"\n" : "";
          case SERIAL -> "";
          case CONVERTER -> "adc = \"ads1115\"\n";
          case AUDIO -> "part = \"ics43434\"\n";
        };
    String text =
        """
        [box]
        id = "sb-1"
        data_dir = "%s"
        [gnss]
        source = "none"
        [[sensor]]
        driver = "%s"
        bus = "sim"
        """
            .formatted(Files.createDirectories(folder.resolve("data")), driver);
    return new ConfigParser("box.toml", text + own).parse(folder).config();
  }
}
