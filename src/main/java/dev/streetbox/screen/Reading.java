package dev.streetbox.screen;

import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Sample;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds one reading of a sensor for {@code streetbox read}.
 *
 * @param sensor the sensor's name
 * @param sample the values and their flags
 */
public record Reading(String sensor, Sample sample) {
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

  /** Returns one line: the sensor's name, each value after its key, the flags in brackets. */
  public String line() {
    return sensor
        + sample.readings().entrySet().stream()
            .map(
                reading ->
                    "  %s %s"
                        .formatted(
                            reading.getKey().key(),
                            RowJson.plain(reading.getKey(), reading.getValue())))
            .collect(Collectors.joining())
        + (sample.flags().isEmpty() ? "" : "  [" + Quality.keys(sample.flags()) + "]");
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
