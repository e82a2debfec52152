package dev.streetbox.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;

/**
 * Writes rows as GeoJSON (RFC 7946): one feature collection, one feature and one line for each row.
 * A row without a position has a null geometry.
 */
public final class GeoJson {
  private static final JsonFactory JSON = new JsonFactory();

  private GeoJson() {}

  /**
   * Writes the rows of an export; on an error, the collection is left incomplete.
   *
   * @throws IOException if the store cannot be read or the rows cannot be written
   */
  public static void write(OutboxExport export, StoreView view, PrintWriter out)
      throws IOException {
    out.print("{\"type\":\"FeatureCollection\",\"features\":[");
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setRootValueSeparator(null);
      String[] separator = {"\n"};
      export.forEachRow(
          view,
          out,
          (row, timeline) -> {
            json.writeRaw(separator[0]);
            separator[0] = ",\n";
            feature(json, export.box(), row, timeline);
          });
    }
    out.println("\n]}");
  }

  private static void feature(JsonGenerator json, String box, Row row, Timeline timeline)
      throws IOException {
    long utcMs = timeline.utcMs(row.tickMs());
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeStringField("id", box + "-" + row.boot() + "-" + row.seq());
    json.writeFieldName("geometry");
    geometry(json, row.readings());
    json.writeObjectFieldStart("properties");
    json.writeStringField("box", box);
    json.writeNumberField("boot", row.boot());
    json.writeNumberField("seq", row.seq());
    json.writeStringField("time", Instant.ofEpochMilli(utcMs).toString());
    json.writeNumberField("t", utcMs);
    json.writeStringField("tq", timeline.source(row.tickMs()).key());
    for (Map.Entry<Quantity, Double> reading : row.readings().entrySet()) {
      if (reading.getKey() != Quantity.LAT && reading.getKey() != Quantity.LON) {
        RowJson.writeValue(json, reading.getKey().key(), reading.getKey(), reading.getValue());
      }
    }
    json.writeNumberField("q", Quality.bits(OutboxExport.flags(row, timeline)));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void geometry(JsonGenerator json, Map<Quantity, Double> readings)
      throws IOException {
    if (!readings.containsKey(Quantity.LAT) || !readings.containsKey(Quantity.LON)) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    json.writeNumber(RowJson.plain(Quantity.LON, readings.get(Quantity.LON)));
    json.writeNumber(RowJson.plain(Quantity.LAT, readings.get(Quantity.LAT)));
    json.writeEndArray();
    json.writeEndObject();
  }
}
