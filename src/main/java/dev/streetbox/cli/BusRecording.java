package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.Version;
import dev.streetbox.part.SensorSettings;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the header of a recording of bytes: the parts, the date, and empty lines for a person to
 * fill in, in the form of gpsd's logs.
 */
final class BusRecording {
  private BusRecording() {}

  /** Returns the header's lines, each beginning with {@code #}. */
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
