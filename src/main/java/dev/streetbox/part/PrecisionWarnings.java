package dev.streetbox.part;

import dev.streetbox.driver.PlantowerModel;
import dev.streetbox.measure.Quantity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds parts that measure a quantity less well than a part behind them in the configuration,
 * because a row takes a quantity from the first part that has it.
 */
public final class PrecisionWarnings {
  private PrecisionWarnings() {}

  /**
   * Returns one sentence for each pair of parts in the wrong order, with what to do.
   *
   * @param sensors in the order of the configuration
   */
  public static List<String> of(List<SensorSettings> sensors) {
    List<String> warnings = new ArrayList<>();
    for (int first = 0; first < sensors.size(); first++) {
      for (int later = first + 1; later < sensors.size(); later++) {
        addWarning(sensors.get(first), sensors.get(later), warnings);
      }
    }
    return warnings;
  }

  private static void addWarning(SensorSettings first, SensorSettings later, List<String> all) {
    List<String> keys = new ArrayList<>();
    String where = "";
    for (Quantity quantity : Quantity.values()) {
      Precision precision = first.part().precision(quantity);
      if (measures(first, quantity)
          && measures(later, quantity)
          && precision.compareTo(later.part().precision(quantity)) < 0) {
        keys.add(quantity.key());
        where = precision.where();
      }
    }
    if (!keys.isEmpty()) {
      all.add(
          "%s of a row come from %s, which measures them %s, and not from %s behind it"
              .formatted(String.join(" and ", keys), first.name(), where, later.name()));
    }
  }

  private static boolean measures(SensorSettings sensor, Quantity quantity) {
    Set<Quantity> air = EnumSet.of(Quantity.TEMPERATURE, Quantity.HUMIDITY);
    boolean hasAir =
        sensor.model().flatMap(PlantowerModel::of).filter(PlantowerModel::hasAir).isPresent();
    return sensor.part().quantities().contains(quantity)
        || sensor.gas().map(sensor.part().gases()::get).filter(quantity::equals).isPresent()
        || (hasAir && air.contains(quantity));
  }
}
