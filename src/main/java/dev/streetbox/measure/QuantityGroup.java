package dev.streetbox.measure;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Groups the quantities that one kind of part measures, and the flags that qualify their values.
 */
public enum QuantityGroup {
  PLACE("gnss_"),
  PARTICLES("pm_"),
  NOISE("noise_"),
  GAS("gas_"),
  /** Temperature, humidity and pressure, which no flag qualifies. */
  AIR(""),
  /** The row as a whole, which has flags but no quantity. */
  BOX("");

  private final String prefix;

  QuantityGroup(String prefix) {
    this.prefix = prefix;
  }

  /** Returns the common beginning of the keys of the group's flags; empty if there is none. */
  String prefix() {
    return prefix;
  }

  /** Returns the flags that qualify the group's quantities. */
  public Set<Quality> flags() {
    Set<Quality> flags = EnumSet.allOf(Quality.class);
    flags.removeIf(flag -> flag.group() != this);
    return flags;
  }

  /**
   * Returns the keys of those of a row's flags that qualify the group, without the group's prefix:
   * {@code warmup, humid}.
   */
  public String flagText(Set<Quality> row) {
    return row.stream()
        .filter(flag -> flag.group() == this)
        .map(flag -> flag.key().substring(prefix.length()))
        .collect(Collectors.joining(", "));
  }
}
