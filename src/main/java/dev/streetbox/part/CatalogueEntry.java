package dev.streetbox.part;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import java.util.Collections;
import java.util.EnumMap;
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
 * @param precisions how well the part measures a quantity that is not what it is made for
 * @param models keys of the models that share the entry, which differ in what their frames carry;
 *     empty if there is only one
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
    Map<Quantity, Precision> precisions,
    List<String> models,
    List<String> modes,
    Map<String, Quantity> gases,
    boolean fixedPeriod) {

  /** Describes a part with one mode and no gas setting, which can be read at any period. */
  static CatalogueEntry of(String key, PartWiring wiring, Quantity... quantities) {
    return new CatalogueEntry(
        key, wiring, Set.of(quantities), Map.of(), List.of(), List.of(), Map.of(), false);
  }

  /** Returns the same part with several modes, the usual one first. */
  CatalogueEntry withModes(String... keys) {
    return new CatalogueEntry(
        key, wiring, quantities, precisions, models, List.of(keys), gases, fixedPeriod);
  }

  /** Returns the same part with several models. */
  CatalogueEntry withModels(List<String> keys) {
    return new CatalogueEntry(key, wiring, quantities, precisions, keys, modes, gases, fixedPeriod);
  }

  /** Returns the same part, which measures these quantities less well than a part made for them. */
  CatalogueEntry withPrecision(Precision precision, Quantity... measured) {
    Map<Quantity, Precision> more = new EnumMap<>(Quantity.class);
    more.putAll(precisions);
    for (Quantity quantity : measured) {
      more.put(quantity, precision);
    }
    return new CatalogueEntry(
        key,
        wiring,
        quantities,
        Collections.unmodifiableMap(more),
        models,
        modes,
        gases,
        fixedPeriod);
  }

  /** Returns the same part with one more gas that its cell can be made for. */
  CatalogueEntry withGas(String gas, Quantity quantity) {
    Map<String, Quantity> more = new LinkedHashMap<>(gases);
    more.put(gas, quantity);
    return new CatalogueEntry(
        key,
        wiring,
        quantities,
        precisions,
        models,
        modes,
        Collections.unmodifiableMap(more),
        fixedPeriod);
  }

  /** Returns the same part, always read once a second. */
  CatalogueEntry oncePerSecond() {
    return new CatalogueEntry(key, wiring, quantities, precisions, models, modes, gases, true);
  }

  /** Returns how well the part measures a quantity; {@link Precision#OWN} if it is made for it. */
  public Precision precision(Quantity quantity) {
    return precisions.getOrDefault(quantity, Precision.OWN);
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
