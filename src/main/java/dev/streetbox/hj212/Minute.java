package dev.streetbox.hj212;

import dev.streetbox.measure.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Collects the good values of one minute and writes them as the data of a command 2051. */
final class Minute {
  /** A factor with fewer values is left out: the half of a minute of one box. */
  private static final int LEAST_VALUES = 30;

  private final Map<Quantity, List<Double>> values = new EnumMap<>(Quantity.class);

  /** Adds a value of a quantity that no flag doubts. */
  void add(Quantity quantity, double value) {
    values.computeIfAbsent(quantity, any -> new ArrayList<>()).add(value);
  }

  /** Returns the factors of ambient air; empty if there are too few values of each. */
  String air() {
    StringJoiner all = new StringJoiner(";");
    for (Factor factor : Factor.values()) {
      List<Double> list = enough(factor.quantity());
      if (!list.isEmpty()) {
        double mean = list.stream().mapToDouble(v -> v).average().orElseThrow();
        all.add(
            "%1$s-Min=%2$s,%1$s-Avg=%3$s,%1$s-Max=%4$s,%1$s-Flag=N"
                .formatted(
                    factor.code(),
                    factor.text(Collections.min(list)),
                    factor.text(mean),
                    factor.text(Collections.max(list))));
      }
    }
    return all.toString();
  }

  /**
   * Returns the factors of ambient sound: energy mean, greatest and least level, and the levels
   * that were exceeded for 10, 50 and 90 % of the seconds; empty if there are too few values.
   */
  String sound() {
    List<Double> levels = new ArrayList<>(enough(Quantity.LAEQ));
    if (levels.isEmpty()) {
      return "";
    }
    Collections.sort(levels);
    double power = levels.stream().mapToDouble(l -> Math.pow(10, l / 10)).average().orElseThrow();
    List<Double> peaks = values.getOrDefault(Quantity.LAFMAX, levels);
    return "Leq-Data=%s;LMx-Data=%s;LMn-Data=%s;L10-Data=%s;L50-Data=%s;L90-Data=%s"
        .formatted(
            level(10 * Math.log10(power)),
            level(Collections.max(peaks)),
            level(levels.get(0)),
            level(exceeded(levels, 10)),
            level(exceeded(levels, 50)),
            level(exceeded(levels, 90)));
  }

  private static double exceeded(List<Double> ascending, int percent) {
    return ascending.get((100 - percent) * (ascending.size() - 1) / 100);
  }

  private static String level(double db) {
    return String.format(Locale.ROOT, "%.1f", db);
  }

  private List<Double> enough(Quantity quantity) {
    List<Double> list = values.getOrDefault(quantity, List.of());
    return list.size() < LEAST_VALUES ? List.of() : list;
  }
}
