package dev.streetbox.part;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Describes one part that this version has a driver for. Immutable.
 *
 * @param key the name in the configuration, as {@code sps30}
 * @param wiring how the part is connected, and how its driver is made
 * @param quantities that the part measures with any settings
 * @param modes keys of the modes in which the part can be read, the usual one first; empty if there
 *     is only one
 * @param gases that the part's cell can be made for, each with the quantity that is then measured,
 *     in the order of the configuration's messages; empty if the gas is no setting
 * @param fixedPeriod whether the part is always read once a second and {@code period} may not
 *     change that, because the part counts in seconds or reports the time since its last read
 */
public record CatalogueEntry(
    String key,
    PartWiring wiring,
    Set<Quantity> quantities,
    List<String> modes,
    Map<String, Quantity> gases,
    boolean fixedPeriod) {

  /** Describes a part with one mode and no gas setting, which can be read at any period. */
  static CatalogueEntry of(String key, PartWiring wiring, Quantity... quantities) {
    return new CatalogueEntry(key, wiring, Set.of(quantities), List.of(), Map.of(), false);
  }

  /** Returns the same part with several modes, the usual one first. */
  CatalogueEntry withModes(String... keys) {
    return new CatalogueEntry(key, wiring, quantities, List.of(keys), gases, fixedPeriod);
  }

  /** Returns the same part with one more gas that its cell can be made for. */
  CatalogueEntry withGas(String gas, Quantity quantity) {
    Map<String, Quantity> more = new LinkedHashMap<>(gases);
    more.put(gas, quantity);
    return new CatalogueEntry(
        key, wiring, quantities, modes, Collections.unmodifiableMap(more), fixedPeriod);
  }

  /** Returns the same part, always read once a second. */
  CatalogueEntry oncePerSecond() {
    return new CatalogueEntry(key, wiring, quantities, modes, gases, true);
  }

  /** Returns every quantity that the part can measure, with any gas that its cell is made for. */
  public Set<Quantity> allQuantities() {
    Set<Quantity> all = EnumSet.noneOf(Quantity.class);
    all.addAll(quantities);
    all.addAll(gases.values());
    return all;
  }

  /** Returns the groups of {@link #allQuantities}. */
  public Set<QuantityGroup> groups() {
    Set<QuantityGroup> groups = EnumSet.noneOf(QuantityGroup.class);
    allQuantities().forEach(quantity -> groups.add(quantity.group()));
    return groups;
  }

  /** Returns the key, which is unique. */
  @Override
  public String toString() {
    return key;
  }
}
