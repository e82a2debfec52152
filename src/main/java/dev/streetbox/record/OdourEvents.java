package dev.streetbox.record;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds odours in the seconds of the gas parts: a value above its threshold for some time. A gas is
 * left out while its own part warms up or has a fault, and not while another part does, because a
 * VOC index learns for 46 minutes and an electrochemical cell is warm after 5. Used by the
 * recorder's thread.
 */
final class OdourEvents {
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
  List<Odour> add(ComposedSecond second) {
    Sample sample = second.sample();
    boolean isPrivate = sample.flags().contains(Quality.GNSS_PRIVATE);
    List<Odour> odours = new ArrayList<>();
    gases.forEach(
        (quantity, gas) -> {
          Optional<Quantity> measured = measured(sample, quantity);
          if (isPrivate || second.doubted().contains(quantity)) {
            gas.clear();
          } else if (measured.isPresent()) {
            double value = sample.get(measured.get()).orElseThrow();
            gas.add(measured.get(), value, second.tickMs()).ifPresent(odours::add);
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
