package dev.streetbox.measure;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The quality flags of a row; each with its bit in {@code q} (the contract). */
public enum Quality {
  PM_WARMUP(0),
  PM_HUMID(1),
  PM_FAULT(2),
  PM_STUCK(3),
  NOISE_MOTION(4),
  NOISE_OVERLOAD(5),
  NOISE_FLOOR(6),
  NOISE_STUCK(7),
  GAS_WARMUP(8),
  GAS_FAULT(9),
  GAS_STUCK(10),
  GNSS_NONE(11),
  GNSS_POOR(12),
  GNSS_PRIVATE(13),
  TIME_EST(14),
  STALE(15),
  OUT_OF_RANGE(16),
  POWER_LOW(17),
  PARKED(18),
  /** A calibrator's tone is on the microphone: no street. */
  NOISE_CALIBRATOR(19);

  private final int bit;

  Quality(int place) {
    bit = 1 << place;
  }

  /** The contract's name, as {@code pm_warmup}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The flag's value within {@code q}: a power of two. */
  public int bit() {
    return bit;
  }

  /** The flags as one number, 0 if there are none. */
  public static int bits(Collection<Quality> flags) {
    return flags.stream().mapToInt(Quality::bit).reduce(0, (a, b) -> a | b);
  }

  /** The flags of a number; bits that no flag has are ignored. */
  public static Set<Quality> of(int bits) {
    EnumSet<Quality> flags = EnumSet.allOf(Quality.class);
    flags.removeIf(flag -> (bits & flag.bit()) == 0);
    return flags;
  }
}
