package dev.streetbox;

import dev.streetbox.agent.Agent;
import dev.streetbox.agent.Config;
import dev.streetbox.bus.BootTime;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.measure.Faults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs many whole boxes in one JVM, each with its own store and connection, until it is killed. */
public final class FleetBench {
  private static final String PARTS =
      """
      [gnss]
      source = "sim"
      [[sensor]]
      name = "pm"
      driver = "sps30"
      bus = "sim"
      [[sensor]]
      name = "air"
      driver = "sht4x"
      bus = "sim"
      [[sensor]]
      name = "gas"
      driver = "sgp41"
      bus = "sim"
      [[sensor]]
      name = "noise"
      driver = "sen0232"
      bus = "sim"
      adc = "ads1115"
      """;

  private FleetBench() {}

  /**
   * Runs so many boxes, in that folder, with that beginning of their names and that section mqtt.
   */
  public static void main(String[] args) throws Exception {
    int boxes = Integer.parseInt(args[0]);
    SystemTime time = new SystemTime();
    List<Agent> agents = new ArrayList<>();
    for (int n = 0; n < boxes; n++) {
      Config config = config(Path.of(args[1]), args[2] + "%05d".formatted(n), args[3]);
      BootTime boot = new BootTime(time, Duration.ZERO);
      agents.add(Agent.start(config, boot, boot, time, new Faults()).orElseThrow());
    }
    System.out.println("started");
    while (agents.stream().allMatch(Agent::watch)) {
      time.sleep(Duration.ofSeconds(1));
    }
    System.exit(1);
  }

  private static Config config(Path dir, String id, String mqtt) throws Exception {
    Path home = Files.createDirectories(dir.resolve(id));
    String box =
        """
        [box]
        id = "%s"
        data_dir = "%s"
        run_dir = "%s"
        [mqtt]
        %s
        """
            .formatted(id, home, home.resolve("run"), mqtt);
    Path file = Files.writeString(home.resolve("streetbox.toml"), box + PARTS);
    return ConfigFile.read(file, Path.of("/")).config();
  }
}
