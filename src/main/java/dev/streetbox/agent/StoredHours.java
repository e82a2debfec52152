package dev.streetbox.agent;

import dev.streetbox.part.SensorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds for how long a part that wears out has run, as the agent has stored it; at most ten minutes
 * of a boot that was cut off are missing.
 *
 * @param sensor the sensor's name
 * @param field the field of {@code status.json} for what wears out
 * @param hours the hours, to a tenth
 */
public record StoredHours(String sensor, String field, double hours) {
  /**
   * Reads the hours of the configured parts that wear out, in their order; 0 for a part that never
   * ran.
   *
   * @throws IOException if the file cannot be read or is damaged; the message names the file
   */
  public static List<StoredHours> of(Config config) throws IOException {
    Path file = config.store().dataDir().resolve(RunHours.FILE);
    Map<String, Long> ranMs;
    try {
      ranMs = RunHours.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      ranMs = Map.of();
    } catch (IOException e) {
      throw new IOException(file + " cannot be used: " + e.getMessage(), e);
    }
    List<StoredHours> hours = new ArrayList<>();
    for (SensorSettings sensor : config.sensors()) {
      Optional<String> field = RunHours.wears(sensor);
      if (field.isPresent()) {
        long ms = ranMs.getOrDefault(sensor.name(), 0L);
        hours.add(
            new StoredHours(sensor.name(), field.get(), RunHours.shown(ms / RunHours.HOUR_MS)));
      }
    }
    return hours;
  }
}
