package dev.streetbox.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists the sources of a time of day, the most trusted first. */
public enum TimeSource {
  /** Satellite time, with a valid fix. */
  GNSS,
  /** The system clock, while NTP disciplines it. */
  NTP,
  /** The undisciplined system clock, an estimate that is not trusted. */
  EST;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** Returns the contract's name: {@code gnss}, {@code ntp}, {@code est}. */
  public String key() {
    return key;
  }

  /** Returns the source of a contract name, if there is one. */
  public static Optional<TimeSource> of(String name) {
    return Arrays.stream(values()).filter(source -> source.key.equals(name)).findFirst();
  }
}
