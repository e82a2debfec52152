package dev.streetbox.measure;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups the quantities that one kind of part measures, and the flags that judge their values. */
public enum QuantityGroup {
  PLACE("gnss_"),
  PARTICLES("pm_"),
  NOISE("noise_"),
  GAS("gas_"),
  /** Temperature, humidity and pressure, which no flag judges. */
  AIR(""),
  /** The row as a whole: it has flags, but no quantity. */
  BOX("");

  private final String prefix;

  QuantityGroup(String prefix) {
    this.prefix = prefix;
  }

  /** Returns how the keys of the group's flags begin; empty if they have nothing in common. */
  String prefix() {
    return prefix;
  }

  /** Returns the flags that judge the group's quantities. */
  public Set<Quality> flags() {
    Set<Quality> flags = EnumSet.allOf(Quality.class);
    flags.removeIf(flag -> flag.group() != this);
    return flags;
  }

  /**
   * Returns those of a row's flags that judge the group, without its prefix: {@code warmup, humid}.
   */
  public String words(Set<Quality> row) {
    return row.stream()
        .filter(flag -> flag.group() == this)
        .map(flag -> flag.key().substring(prefix.length()))
        .collect(Collectors.joining(", "));
  }
}
