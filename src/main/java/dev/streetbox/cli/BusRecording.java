package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.Version;
import dev.streetbox.part.SensorSettings;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The head of a recording of bytes: what it is of, and what a person should add, so that a test can
 * be made of it (gpsd's logs begin so).
 */
final class BusRecording {
  private BusRecording() {}

  static String header(List<String> sensors, Config config, Instant now) {
    String parts =
        config.sensors().stream()
            .filter(sensor -> sensors.contains(sensor.name()))
            .map(BusRecording::part)
            .collect(Collectors.joining(", "));
    return """
    # Name: %s
    # Firmware:
    # Submitter:
    # Date: %s
    # Location:
    # Notes: streetbox %s; seconds, part, transaction, bytes
    """
        .formatted(parts, now.toString().substring(0, 10), Version.current().number());
  }

  private static String part(SensorSettings sensor) {
    return sensor.name() + " (" + sensor.part().key() + ")";
  }
}
