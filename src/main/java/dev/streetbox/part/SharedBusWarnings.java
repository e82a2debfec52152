package dev.streetbox.part;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds parts in a mode that needs a bus without other parts, and that share theirs: a SEN0232 in
 * mode {@code fast} has no {@code lafmax_db} in each second in which another part delays a reading.
 */
public final class SharedBusWarnings {
  private static final String FAST = "fast";

  private SharedBusWarnings() {}

  /**
   * Returns one sentence for each such part.
   *
   * @param sensors in the order of the configuration
   */
  public static List<String> of(List<SensorSettings> sensors) {
    List<String> warnings = new ArrayList<>();
    for (SensorSettings sensor : sensors) {
      List<String> others =
          sensors.stream()
              .filter(other -> !other.equals(sensor) && other.bus().equals(sensor.bus()))
              .map(SensorSettings::name)
              .toList();
      if (needsOwnBus(sensor) && !others.isEmpty()) {
        warnings.add(
            "%s in mode \"%s\" shares %s with %s, so that seconds are without lafmax_db"
                .formatted(sensor.name(), FAST, sensor.bus(), String.join(", ", others)));
      }
    }
    return warnings;
  }

  private static boolean needsOwnBus(SensorSettings sensor) {
    return sensor.part().equals(Sen0232Entry.ENTRY)
        && sensor.mode().filter(FAST::equals).isPresent();
  }
}
