package dev.streetbox.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configurations of boxes whose every part is simulated. */
final class Boxes {
  private Boxes() {}

  /** A box in a folder, which is to hold its data and its run folder. */
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
        """
            .formatted(folder, broker, more));
  }
}
