package dev.streetbox.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of the configuration file, in the order in which it is written. */
enum Section {
  BOX(false, "The box itself."),
  SENSOR(true, "One for each part; of two that measure the same quantity, the first counts."),
  GNSS(false, "Where positions come from."),
  STORE(false, "Where rows wait for the broker, and how long they stay."),
  MQTT(false, "The broker, and how rows are sent to it."),
  PRIVACY(false, "What the city does not learn. Zones are not in this version."),
  REPORT(false, "The button and the lamp of hazard reports."),
  SIMULATE(false, "What sim stands for.");

  private final boolean list;
  private final String sentence;

  Section(boolean list, String sentence) {
    this.list = list;
    this.sentence = sentence;
  }

  /** The name, as {@code box}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether there may be any number of them. */
  boolean isList() {
    return list;
  }

  /** The line that begins it: {@code [box]} or {@code [[sensor]]}. */
  String header() {
    return list ? "[[" + key() + "]]" : "[" + key() + "]";
  }

  /** What it is about, for people. */
  String sentence() {
    return sentence;
  }

  /** The section of a name, if there is one. */
  static Optional<Section> of(String key) {
    return Arrays.stream(values()).filter(section -> section.key().equals(key)).findFirst();
  }
}
