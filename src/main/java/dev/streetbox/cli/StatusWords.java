package dev.streetbox.cli;

import static java.util.Map.entry;

import dev.streetbox.measure.Quantity;
import java.util.Map;
import java.util.Optional;

/** Words the members of {@code status.json} for people; programs read {@code --json}. */
final class StatusWords {
  /** The words of a member by its key; %s is the value. */
  private static final Map<String, String> PHRASES =
      Map.ofEntries(
          entry("seq", "number %s"),
          entry("bus", "on %s"),
          entry("last_fault", "the last one: %s"),
          entry("fan_laser_h", "fan and laser %s h"),
          entry("cell_h", "cell %s h"),
          entry("used", "%s satellites used"),
          entry("seen", "%s in view"),
          entry("receiver", "receiver %s"),
          entry("trouble", "gpsd reports: %s"),
          entry("no_place", "no position: %s"),
          entry("others", "not used: %s"),
          entry("newest", "newest row %s"),
          entry("unacknowledged", "%s rows not acknowledged"),
          entry("uncommitted", "%s rows not on disk"),
          entry("events", "%s events to send"),
          entry("dropped", "%s rows dropped"),
          entry("state", "%s"),
          entry("pattern", "%s"),
          entry("broker", "broker %s"),
          entry("sent_rows", "%s rows sent"),
          entry("acknowledged_rows", "%s rows acknowledged"),
          entry("acknowledged_batches", "%s batches acknowledged"),
          entry("in_flight_rows", "%s rows in flight"),
          entry("without_subscriber", "%s messages without a subscriber"),
          entry("losses", "%s connections lost"),
          entry("last_trouble", "the last error: %s"),
          entry("calibrator_db", "calibrator of %s dB"),
          entry("sensitivity_dbfs", "sensitivity %s dBFS"));

  private static final Map<String, String> MODES =
      Map.of("0", "no report", "1", "no fix", "2", "fix in 2D", "3", "fix in 3D");

  private StatusWords() {}

  /** Returns a member in words; a quantity by its label and unit, an unknown member by its key. */
  static String of(String key, String value) {
    Optional<Quantity> quantity = Quantity.of(key);
    if (quantity.isPresent()) {
      return quantity.get().inWords(value);
    }
    return switch (key) {
      case "faults" -> value.equals("0") ? "no faults" : count(value, "fault");
      case "mode" -> MODES.getOrDefault(value, "mode " + value);
      case "named" -> "named by the configuration";
      default -> PHRASES.getOrDefault(key, key.replace('_', ' ') + " %s").formatted(value);
    };
  }

  /** Returns a count with its noun: {@code 1 fault}, {@code 3 faults}. */
  static String count(String number, String noun) {
    return number + " " + noun + (number.equals("1") ? "" : "s");
  }
}
