package dev.streetbox.screen;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a screen shows.
 *
 * @param status the agent's state
 * @param history the rows before it
 * @param notice why the state is not the present one; empty if it is
 * @param mode what the keys have chosen
 */
record View(JsonTree status, History history, String notice, Mode mode) {
  /** What the keys choose. */
  enum Mode {
    QUANTITIES,
    /** Every fault of this boot in the place of the quantities. */
    FAULTS,
    /** The quantities as they were. */
    PAUSED
  }

  /**
   * A quantity as the agent has it.
   *
   * @param value in its unit
   * @param ageMs how long ago it was measured
   * @param current whether the newest row has it
   */
  record ShownValue(double value, long ageMs, boolean current) {}

  /** The newest row's fields. */
  JsonTree row() {
    return status.child("row");
  }

  /** The newest row's flags. */
  Set<Quality> flags() {
    return Quality.of(row().text("q").map(Integer::parseInt).orElse(0));
  }

  /** The readings of a row. */
  static Map<Quantity, Double> readings(JsonTree row) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    row.scalars()
        .forEach(
            (key, value) ->
                Quantity.of(key).ifPresent(q -> readings.put(q, Double.parseDouble(value))));
    return readings;
  }

  /** Everything measured but the place: what the newest row has, and what is late. */
  Map<Quantity, ShownValue> measured() {
    Map<Quantity, Double> row = readings(row());
    row.keySet().removeIf(quantity -> quantity.group() == QuantityGroup.PLACE);
    Map<Quantity, ShownValue> measured = new EnumMap<>(Quantity.class);
    row.forEach(
        (quantity, value) -> measured.put(quantity, new ShownValue(value, rowAgeMs(), true)));
    for (JsonTree latest : status.children("readings")) {
      Optional<Quantity> quantity = latest.text("key").flatMap(Quantity::of);
      if (quantity.isPresent()) {
        double value = row.getOrDefault(quantity.get(), number(latest, "value"));
        long ageMs = (long) number(latest, "age_ms");
        measured.put(quantity.get(), new ShownValue(value, ageMs, row.containsKey(quantity.get())));
      }
    }
    return measured;
  }

  private long rowAgeMs() {
    return Math.max(0, (long) (number(status, "t") - number(row(), "t")));
  }

  private static double number(JsonTree tree, String name) {
    return tree.text(name).map(Double::parseDouble).orElse(0.0);
  }
}
