package dev.streetbox.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a time of day comes from, the most trusted first. */
public enum TimeSource {
  /** Satellite time, with a valid fix. */
  GNSS,
  /** The system clock, while something disciplines it. */
  NTP,
  /** The system clock as it was found: an estimate, not trusted. */
  EST;

  /** The contract's name: {@code gnss}, {@code ntp}, {@code est}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The source of a contract name, if there is one. */
  public static Optional<TimeSource> of(String key) {
    return Arrays.stream(values()).filter(source -> source.key().equals(key)).findFirst();
  }
}
