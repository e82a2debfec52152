package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.QuantityGroup;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.sample.SensorStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts for how long each part with a fan and a laser, or with an electrochemical cell, has run on
 * this box, across restarts, because these wear out (a laser after some 8,000 h, a cell after two
 * or three years). The file has a line a part: name and seconds. Safe for every thread.
 */
final class RunHours implements PersistedState.Content {
  /** The name of the file in the data folder. */
  static final String FILE = "hours.txt";

  /** Limits the writes to the card; a power cut loses the minutes since the last one. */
  static final Duration WRITE_EVERY = Duration.ofMinutes(10);

  static final double HOUR_MS = 3_600_000;

  private final Map<String, String> wearing;
  private final Supplier<List<SensorStatus>> statuses;
  private final Time time;
  private final Map<String, Long> ranMs = new TreeMap<>();
  private long countedMs;

  /**
   * Counts from now on.
   *
   * @param sensors the configured parts
   * @param statuses gives the state of each sensor
   */
  RunHours(List<SensorSettings> sensors, Supplier<List<SensorStatus>> statuses, Time time) {
    this.wearing =
        sensors.stream()
            .filter(sensor -> wears(sensor).isPresent())
            .collect(
                Collectors.toUnmodifiableMap(
                    SensorSettings::name, sensor -> wears(sensor).orElseThrow()));
    this.statuses = statuses;
    this.time = time;
    this.countedMs = time.tickMs();
  }

  /** Returns the field of {@code status.json} for what wears out in a part; empty if nothing. */
  static Optional<String> wears(SensorSettings sensor) {
    if (sensor.part().groups().contains(QuantityGroup.PARTICLES)) {
      return Optional.of("fan_laser_h");
    }
    return sensor.part().gases().isEmpty() ? Optional.empty() : Optional.of("cell_h");
  }

  /** Returns the field of {@code status.json} with a sensor's hours; empty if nothing wears. */
  Optional<String> field(String sensor) {
    return Optional.ofNullable(wearing.get(sensor));
  }

  /** Returns hours for display, with one decimal that is not rounded up. */
  static double shown(double hours) {
    return Math.floor(hours * 10) / 10;
  }

  /** Returns a sensor's hours; empty if nothing in it wears. */
  synchronized OptionalDouble hours(String sensor) {
    count();
    return wearing.containsKey(sensor)
        ? OptionalDouble.of(ranMs.getOrDefault(sensor, 0L) / HOUR_MS)
        : OptionalDouble.empty();
  }

  /** Adds the time since the last call to each sensor that runs. */
  private void count() {
    long nowMs = time.tickMs();
    long moreMs = nowMs - countedMs;
    countedMs = nowMs;
    for (SensorStatus status : statuses.get()) {
      if (status.state() == SensorStatus.State.RUNNING && wearing.containsKey(status.name())) {
        ranMs.merge(status.name(), moreMs, Long::sum);
      }
    }
  }

  @Override
  public String effectOfMissingFile() {
    return "the hours of fans, lasers and cells restart at 0";
  }

  /** Adds the times in the text; those of parts that are not configured now are kept. */
  @Override
  public synchronized void restore(String text) throws TextFormatException {
    parse(text).forEach((name, ms) -> ranMs.merge(name, ms, Long::sum));
  }

  /**
   * Reads the file's content.
   *
   * @return the times in ms, by the names of the parts
   * @throws TextFormatException if the text is not of this kind
   */
  static Map<String, Long> parse(String text) throws TextFormatException {
    Map<String, Long> stored = new TreeMap<>();
    for (String line : text.strip().lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length != 2 || !words[1].matches("\\d{1,12}")) {
        throw new TextFormatException("a line is not a name and a number of seconds");
      }
      stored.put(words[0], Long.parseLong(words[1]) * 1_000);
    }
    return stored;
  }

  @Override
  public synchronized Optional<String> text() {
    count();
    return ranMs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ranMs.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() / 1_000 + "\n")
                .collect(Collectors.joining()));
  }
}
