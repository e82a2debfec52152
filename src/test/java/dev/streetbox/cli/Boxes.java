package dev.streetbox.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes configurations of boxes whose parts are all simulated. */
final class Boxes {
  private Boxes() {}

  /**
   * Writes the configuration of a box.
   *
   * @param folder the folder of the configuration, the data folder and the run folder
   * @param more further lines of TOML
   */
  static Path simulated(Path folder, URI broker, String more) throws IOException {
    return Files.writeString(
        folder.resolve("streetbox.toml"),
        """
        [box]
        id = "sb-1"
        data_dir = "%1$s/data"
        run_dir = "%1$s/run"
        [[sensor]]
        name = "air"
        driver = "sht4x"
        bus = "sim"
        [[sensor]]
        name = "pm"
        driver = "sps30"
        bus = "sim"
        [gnss]
        source = "sim"
        %3$s
        [mqtt]
        broker = "%2$s"
        encoding = "json"
        """
            .formatted(folder, broker, more));
  }
}
