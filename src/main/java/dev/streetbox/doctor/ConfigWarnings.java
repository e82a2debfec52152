package dev.streetbox.doctor;

import dev.streetbox.agent.Config;
import java.util.ArrayList;
import java.util.List;

/** Finds what a valid configuration lacks, by the configuration alone. */
public final class ConfigWarnings {
  /** A box starts dark and stays so until a fix outside all zones, which only a receiver gives. */
  private static final Finding ALWAYS_DARK =
      Finding.warn(
          "privacy",
          "there are privacy zones and no receiver, so the box stays dark: it neither connects nor"
              + " stores a row",
          "[gnss] source is none, so no fix outside the zones will come",
          "type source = \"gpsd\" in [gnss], or remove every [[privacy.zone]]");

  private ConfigWarnings() {}

  /** Returns a warning for each such lack, none for a complete configuration. */
  public static List<Finding> of(Config config) {
    List<Finding> findings = new ArrayList<>();
    if (config.sensors().isEmpty()) {
      findings.add(Finding.NO_SENSOR);
    }
    if (!config.privacy().zones().isEmpty() && config.gnss().source() == Config.GnssSource.NONE) {
      findings.add(ALWAYS_DARK);
    }
    return findings;
  }
}
