package dev.streetbox.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;

/** The bytes of batches and events (the contract, "A batch", "An event"). Safe for every thread. */
final class BatchJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** What an event's body calls boots by their numbers. */
  private static final Set<String> BOOTS = Set.of(Event.LOST_BOOT, Event.DATED_BOOT);

  private final PublishedNames publishedNames;
  private final IntFunction<Optional<String>> calibration;
  private final Encoding encoding;

  /** Writes for that box in that encoding, never calibrated. */
  BatchJson(String box, Encoding encoding) {
    this(new PlainNames(box), encoding, boot -> Optional.empty());
  }

  /**
   * Writes under these names in that encoding.
   *
   * @param calibration what tells the calibration of a boot from another, if it has one
   */
  BatchJson(
      PublishedNames publishedNames, Encoding encoding, IntFunction<Optional<String>> calibration) {
    this.publishedNames = publishedNames;
    this.calibration = calibration;
    this.encoding = encoding;
  }

  /** What writes one JSON object's fields. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** A batch, in the encoding. */
  byte[] batch(Batch batch) {
    byte[] json =
        object(
            out -> {
              head(out, batch.range().boot());
              out.writeNumberField("first", batch.range().first());
              out.writeNumberField("last", batch.range().last());
              calibration(out, batch.range().boot());
              if (!batch.rows().isEmpty()) {
                start(out, batch.timeline(), batch.rows().get(0).tickMs());
              }
              rows(out, batch.rows(), batch.timeline());
              if (!batch.drops().isEmpty()) {
                drops(out, batch.drops());
              }
            });
    return encoding == Encoding.JSON_GZIP ? gzip(json) : json;
  }

  /**
   * An event, always as plain JSON: it is rare, and read by simple tools.
   *
   * @param rows the rows that it carries, the last of which says where it happened
   * @param timeline what dates the boot that tells of it
   * @param tickMs when it happened, on that boot's clock
   */
  byte[] event(Event event, List<Row> rows, Timeline timeline, long tickMs) {
    PublishedNames.Name teller = publishedNames.of(publishedNames.teller(event));
    return object(
        out -> {
          head(out, publishedNames.teller(event));
          out.writeStringField(
              "id", teller.box() + "-" + teller.boot() + "-" + publishedNames.mark(event));
          out.writeStringField("kind", event.kind().key());
          out.writeNumberField("t", timeline.utcMs(tickMs));
          out.writeStringField("tq", timeline.source(tickMs).key());
          start(out, timeline, tickMs);
          if (!rows.isEmpty()) {
            place(out, rows.get(rows.size() - 1));
            calibration(out, event.boot());
            rows(out, rows, timeline);
          }
          for (Map.Entry<String, Object> field : event.body().entrySet()) {
            out.writeFieldName(field.getKey());
            Object value = field.getValue();
            scalar(
                out,
                BOOTS.contains(field.getKey()) ? publishedNames.of(event.about()).boot() : value);
          }
        });
  }

  /**
   * A state.
   *
   * @param state {@code online} or {@code offline}
   * @param details further fields, by name
   */
  byte[] state(int boot, String state, Map<String, String> details) {
    return object(
        out -> {
          head(out, boot);
          out.writeStringField("state", state);
          for (Map.Entry<String, String> field : details.entrySet()) {
            out.writeStringField(field.getKey(), field.getValue());
          }
        });
  }

  /** The content type of a batch. */
  String contentType() {
    return encoding.contentType();
  }

  private void head(JsonGenerator json, int boot) throws IOException {
    json.writeNumberField("v", 1);
    json.writeStringField("box", publishedNames.of(boot).box());
    json.writeNumberField("boot", publishedNames.of(boot).boot());
  }

  /** When the boot began, by what dates a tick of it; of an estimate, between what. */
  private static void start(JsonGenerator json, Timeline timeline, long tickMs) throws IOException {
    json.writeNumberField("t0", timeline.utcMs(tickMs) - tickMs);
    if (timeline.earliestStartMs().isPresent()) {
      json.writeNumberField("t0_min", timeline.earliestStartMs().getAsLong());
    }
    if (timeline.latestStartMs().isPresent()) {
      json.writeNumberField("t0_max", timeline.latestStartMs().getAsLong());
    }
  }

  /** Which calibration the rows of a boot were measured and corrected by, if any. */
  private void calibration(JsonGenerator json, int boot) throws IOException {
    Optional<String> id = calibration.apply(boot);
    if (id.isPresent()) {
      json.writeStringField("cal", publishedNames.seal(id.get(), boot));
    }
  }

  private static void rows(JsonGenerator json, List<Row> rows, Timeline timeline)
      throws IOException {
    json.writeArrayFieldStart("rows");
    for (Row row : rows) {
      RowJson.writeSent(json, row, timeline);
    }
    json.writeEndArray();
  }

  private static void drops(JsonGenerator json, List<Drop> drops) throws IOException {
    json.writeArrayFieldStart("drops");
    for (Drop drop : drops) {
      json.writeStartArray();
      json.writeNumber(drop.range().first());
      json.writeNumber(drop.range().last());
      json.writeString(drop.reason().key());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void place(JsonGenerator json, Row row) throws IOException {
    for (Quantity quantity : List.of(Quantity.LAT, Quantity.LON)) {
      Double value = row.readings().get(quantity);
      if (value != null) {
        json.writeFieldName(quantity.key());
        json.writeNumber(RowJson.plain(quantity, value));
      }
    }
  }

  private static void scalar(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(value.toString());
    }
  }

  private static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
