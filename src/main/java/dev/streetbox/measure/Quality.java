package dev.streetbox.measure;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists the quality flags of a row, each with its bit in {@code q} (contract, "A batch"). */
public enum Quality {
  PM_WARMUP(0, QuantityGroup.PARTICLES),
  PM_HUMID(1, QuantityGroup.PARTICLES),
  PM_FAULT(2, QuantityGroup.PARTICLES),
  PM_STUCK(3, QuantityGroup.PARTICLES),
  NOISE_MOTION(4, QuantityGroup.NOISE),
  NOISE_OVERLOAD(5, QuantityGroup.NOISE),
  NOISE_FLOOR(6, QuantityGroup.NOISE),
  NOISE_STUCK(7, QuantityGroup.NOISE),
  GAS_WARMUP(8, QuantityGroup.GAS),
  GAS_FAULT(9, QuantityGroup.GAS),
  GAS_STUCK(10, QuantityGroup.GAS),
  GNSS_NONE(11, QuantityGroup.PLACE),
  GNSS_POOR(12, QuantityGroup.PLACE),
  GNSS_PRIVATE(13, QuantityGroup.PLACE),
  TIME_EST(14, QuantityGroup.BOX),
  STALE(15, QuantityGroup.BOX),
  OUT_OF_RANGE(16, QuantityGroup.BOX),
  POWER_LOW(17, QuantityGroup.BOX),
  PARKED(18, QuantityGroup.BOX),
  /** A calibrator's tone is on the microphone, so the level is not the street's. */
  NOISE_CALIBRATOR(19, QuantityGroup.NOISE);

  /** The flags by their positions in {@code q}. */
  private static final Quality[] FLAGS = new Quality[Integer.SIZE];

  private static final int ALL_BITS;

  static {
    for (Quality flag : values()) {
      FLAGS[Integer.numberOfTrailingZeros(flag.bit)] = flag;
    }
    ALL_BITS = bits(EnumSet.allOf(Quality.class));
  }

  private final int bit;
  private final String key = name().toLowerCase(Locale.ROOT);
  private final QuantityGroup group;

  Quality(int position, QuantityGroup group) {
    this.bit = 1 << position;
    this.group = group;
  }

  /**
   * Returns the group of quantities that the flag qualifies; {@link QuantityGroup#BOX} if it
   * qualifies the row.
   */
  public QuantityGroup group() {
    return group;
  }

  /** Returns the contract's name, as {@code pm_warmup}. */
  public String key() {
    return key;
  }

  /** Returns the flag's value within {@code q}, a power of two. */
  public int bit() {
    return bit;
  }

  /** Returns flags as one number, 0 if there are none. */
  public static int bits(Collection<Quality> flags) {
    int bits = 0;
    for (Quality flag : flags) {
      bits |= flag.bit;
    }
    return bits;
  }

  /** Returns the names of flags, as {@code pm_warmup, stale}; empty if there are none. */
  public static String keys(Collection<Quality> flags) {
    return flags.stream().map(Quality::key).collect(Collectors.joining(", "));
  }

  /** Returns the names of flags, or {@code good} if there are none. */
  public static String keysOrGood(Collection<Quality> flags) {
    return flags.isEmpty() ? "good" : keys(flags);
  }

  /** Returns the flags of a number; ignores bits that no flag has. */
  public static Set<Quality> of(int bits) {
    EnumSet<Quality> flags = EnumSet.noneOf(Quality.class);
    for (int left = bits & ALL_BITS; left != 0; left &= left - 1) {
      flags.add(FLAGS[Integer.numberOfTrailingZeros(left)]);
    }
    return flags;
  }
}
