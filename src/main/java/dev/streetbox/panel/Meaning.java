package dev.streetbox.panel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lists what a gesture may mean. */
public enum Meaning {
  REPORT,
  /** An odour that a person notices. */
  ODOUR,
  NONE;

  /** Returns the name in the configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the names in the configuration. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Meaning::key).toList();
  }
}
