package dev.streetbox.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists the sections of the configuration file, in the order in which they are written. */
enum Section {
  BOX(false, "The box: its name and its folders."),
  SENSOR(true, "One for each sensor; of two that measure one quantity, the first is used."),
  GNSS(false, "The receiver of positions."),
  TIME(false, "The time of rows while no clock is trusted."),
  STORE(false, "The store, in which rows wait for the broker."),
  MQTT(false, "The broker, and how rows are sent to it."),
  QUALITY(false, "The limits above which a row is flagged."),
  SOUND_EVENT(false, "The single loud sounds of which events are made: levels only."),
  PRIVACY(false, "The data that are withheld from the city."),
  ZONE(PRIVACY, "One for each place around which no row is stored or published."),
  TAMPER(false, "The signs that somebody opens the box."),
  REPORT(false, "The button and the lamp of hazard reports."),
  SIMULATE(false, "The simulation behind every sim.");

  private final String fullName;
  private final boolean list;
  private final String description;

  Section(boolean list, String description) {
    this.fullName = key();
    this.list = list;
    this.description = description;
  }

  /** Makes a list of sections below another section. */
  Section(Section parent, String description) {
    this.fullName = parent.fullName + "." + key();
    this.list = true;
    this.description = description;
  }

  /** Returns the last part of the name, as {@code box} or {@code zone}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the parts of the full name, this section's own as the last. */
  List<String> path() {
    return List.of(fullName.split("\\."));
  }

  /** Returns whether the file may have any number of this section. */
  boolean isList() {
    return list;
  }

  /** Returns the full name, as {@code privacy.zone}. */
  String fullName() {
    return fullName;
  }

  /** Returns the header line: {@code [box]} or {@code [[sensor]]}. */
  String header() {
    return list ? "[[" + fullName + "]]" : "[" + fullName + "]";
  }

  /** Returns the comment above the section in {@code deploy/streetbox.toml}. */
  String description() {
    return description;
  }

  /** Returns the sections below this one. */
  List<Section> children() {
    return Arrays.stream(values())
        .filter(section -> section.fullName.equals(fullName + "." + section.key()))
        .toList();
  }

  /** Returns the sections that are below no other. */
  static List<Section> top() {
    return Arrays.stream(values())
        .filter(section -> section.fullName.equals(section.key()))
        .toList();
  }

  /** Returns the section of a name that is below no other, if there is one. */
  static Optional<Section> of(String key) {
    return top().stream().filter(section -> section.key().equals(key)).findFirst();
  }
}
