package dev.streetbox.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of the configuration file, in the order in which it is written. */
enum Section {
  BOX(false, "The box itself."),
  SENSOR(true, "One for each part; of two that measure the same quantity, the first counts."),
  GNSS(false, "Where positions come from."),
  TIME(false, "What to do while no clock is trusted."),
  STORE(false, "Where rows wait for the broker, and how long they stay."),
  MQTT(false, "The broker, and how rows are sent to it."),
  QUALITY(false, "From where on a row is flagged."),
  PRIVACY(false, "What the city does not learn."),
  ZONE(PRIVACY, "One for each place around which no position leaves the box."),
  REPORT(false, "The button and the lamp of hazard reports."),
  SIMULATE(false, "What sim stands for.");

  private final String fullName;
  private final boolean list;
  private final String sentence;

  Section(boolean list, String sentence) {
    this.fullName = key();
    this.list = list;
    this.sentence = sentence;
  }

  /** One of several below another section. */
  Section(Section parent, String sentence) {
    this.fullName = parent.fullName + "." + key();
    this.list = true;
    this.sentence = sentence;
  }

  /** The name, as {@code box}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names that lead to it, its own the last. */
  List<String> path() {
    return List.of(fullName.split("\\."));
  }

  /** Whether there may be any number of them. */
  boolean isList() {
    return list;
  }

  /** The name with those of the sections around it, as {@code privacy.zone}. */
  String fullName() {
    return fullName;
  }

  /** The line that begins it: {@code [box]} or {@code [[sensor]]}. */
  String header() {
    return list ? "[[" + fullName + "]]" : "[" + fullName + "]";
  }

  /** What it is about, for people. */
  String sentence() {
    return sentence;
  }

  /** The sections below this one. */
  List<Section> children() {
    return Arrays.stream(values())
        .filter(section -> section.fullName.equals(fullName + "." + section.key()))
        .toList();
  }

  /** The sections that are below no other. */
  static List<Section> top() {
    return Arrays.stream(values())
        .filter(section -> section.fullName.equals(section.key()))
        .toList();
  }

  /** The section of a name that is below no other, if there is one. */
  static Optional<Section> of(String key) {
    return top().stream().filter(section -> section.key().equals(key)).findFirst();
  }
}
