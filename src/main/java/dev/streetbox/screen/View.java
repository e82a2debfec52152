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
 * Holds the content of the screen.
 *
 * @param status the fields of the agent's state
 * @param history the rows up to this state
 * @param notice why the state is not the present one; empty if it is the present one
 * @param mode the view that the keys chose
 */
record View(JsonTree status, History history, String notice, Mode mode) {
  /** Lists the views that the keys choose. */
  enum Mode {
    /** The quantities with their curves. */
    QUANTITIES,
    /** Every fault of this boot, instead of the quantities. */
    FAULTS,
    /** The quantities, not updated. */
    PAUSED
  }

  /**
   * Holds one quantity of the agent's state.
   *
   * @param value in the quantity's unit
   * @param ageMs the time since the measurement, in ms
   * @param current whether the newest row has the quantity
   */
  record ShownValue(double value, long ageMs, boolean current) {}

  /** Returns the newest row's fields. */
  JsonTree row() {
    return status.child("row");
  }

  /** Returns the newest row's flags. */
  Set<Quality> flags() {
    return Quality.of(row().text("q").map(Integer::parseInt).orElse(0));
  }

  /** Returns the readings among a row's fields; unknown fields are left out. */
  static Map<Quantity, Double> readings(JsonTree row) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    row.scalars()
        .forEach(
            (key, value) ->
                Quantity.of(key).ifPresent(q -> readings.put(q, Double.parseDouble(value))));
    return readings;
  }

  /**
   * Returns every quantity but those of the place: those of the newest row, and those that the row
   * lacks because their last reading is too old.
   */
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
