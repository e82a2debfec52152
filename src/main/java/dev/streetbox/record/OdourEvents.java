package dev.streetbox.record;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds odours in the seconds of the gas parts: a value above its threshold for some time. Used by
 * the recorder's thread.
 */
final class OdourEvents {
  /** Seconds whose gas values cannot be trusted, or of which nothing may be told. */
  private static final Set<Quality> EXCLUDED =
      EnumSet.of(Quality.GAS_WARMUP, Quality.GAS_FAULT, Quality.GAS_STUCK, Quality.GNSS_PRIVATE);

  /**
   * Holds an odour that has ended.
   *
   * @param tickMs the end of the second of its peak
   * @param fields the event's fields by their contract names
   */
  record Odour(long tickMs, Map<String, Object> fields) {}

  private final Map<Quantity, GasOdour> gases = new EnumMap<>(Quantity.class);

  OdourEvents(OdourSettings settings) {
    gases.put(Quantity.VOC_INDEX, new GasOdour(settings.vocIndex(), settings));
    gases.put(Quantity.H2S, new GasOdour(settings.h2sPpm(), settings));
    gases.put(Quantity.NH3, new GasOdour(settings.nh3Ppm(), settings));
  }

  /**
   * Adds the next second.
   *
   * @return the events of the odours that this second ends
   */
  List<Odour> add(Sample second, long tickMs) {
    List<Odour> odours = new ArrayList<>();
    boolean excluded = !Collections.disjoint(second.flags(), EXCLUDED);
    gases.forEach(
        (quantity, gas) -> {
          Optional<Quantity> measured = measured(second, quantity);
          if (excluded) {
            gas.clear();
          } else if (measured.isPresent()) {
            double value = second.get(measured.get()).orElseThrow();
            gas.add(measured.get(), value, tickMs).ifPresent(odours::add);
          }
        });
    return odours;
  }

  /** Returns the corrected quantity if the second has it, else the measured one. */
  private static Optional<Quantity> measured(Sample second, Quantity quantity) {
    return quantity
        .corrected()
        .filter(corrected -> second.get(corrected).isPresent())
        .or(() -> Optional.of(quantity).filter(plain -> second.get(plain).isPresent()));
  }
}
