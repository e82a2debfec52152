package dev.streetbox.screen;

import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds one reading of a sensor for {@code streetbox read}.
 *
 * @param sensor the sensor's name
 * @param sample the values and their flags
 */
public record Reading(String sensor, Sample sample) {
  private static final int WIDTH = 80;
  private static final String GAP = "  ";

  /**
   * Returns the reading in a sensor's entry of {@code status.json}; empty if the entry has no
   * readings.
   *
   * @throws NumberFormatException if a reading is no number, which the agent never writes
   */
  public static Optional<Reading> of(JsonTree sensor) {
    Map<String, String> fields = sensor.child("readings").scalars();
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    fields.forEach(
        (key, value) ->
            Quantity.of(key)
                .ifPresent(quantity -> readings.put(quantity, Double.parseDouble(value))));
    Sample sample =
        new Sample(readings, Quality.of(Integer.parseInt(fields.getOrDefault("q", "0"))));
    return Optional.of(new Reading(sensor.text("name").orElse("?"), sample));
  }

  /**
   * Returns the sensor's name, each value with its label and unit, and the flags in brackets, in
   * one line or more of at most 80 columns.
   */
  public String line() {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(sensor);
    for (String part : parts()) {
      if (line.length() + GAP.length() + part.length() > WIDTH) {
        text.append(line).append(System.lineSeparator());
        line = new StringBuilder(GAP);
      }
      line.append(GAP).append(part);
    }
    return text.append(line).toString();
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    sample
        .readings()
        .forEach((quantity, value) -> parts.add(quantity.inWords(RowJson.plain(quantity, value))));
    if (!sample.flags().isEmpty()) {
      parts.add("[" + Quality.keys(sample.flags()) + "]");
    }
    return parts;
  }

  /** Returns the reading as one JSON object on one line. */
  public String json() {
    return JsonText.object(
        json -> {
          json.writeStringField("sensor", sensor);
          RowJson.writeReadings(json, sample);
          json.writeNumberField("q", Quality.bits(sample.flags()));
        });
  }
}
