package dev.streetbox.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Encodes events (contract, "An event"). The encoding is always plain JSON, because events are rare
 * and simple tools read them. Safe for every thread.
 */
final class EventJson {
  /** The fields of an event's body that hold the number of a boot. */
  private static final Set<String> BOOT_FIELDS = Set.of(Event.LOST_BOOT, Event.DATED_BOOT);

  private final SharedFields shared;
  private final PublishedNames names;

  EventJson(SharedFields shared, PublishedNames names) {
    this.shared = shared;
    this.names = names;
  }

  /**
   * Returns the body of an event.
   *
   * @param rows the rows that the event carries; the last of them states the place unless the body
   *     does
   * @param timeline the timeline of the boot under whose name the event is published
   * @param tickMs the time of the event, in ticks of that boot
   */
  byte[] of(Event event, List<Row> rows, Timeline timeline, long tickMs) {
    return JsonText.object(
            json -> {
              writeHead(json, event, timeline, tickMs);
              if (!rows.isEmpty() && !event.body().containsKey(Quantity.LAT.key())) {
                writePlace(json, rows.get(rows.size() - 1));
              }
              if (!rows.isEmpty()) {
                shared.writeCalibration(json, event.boot());
                shared.writeRows(json, rows, timeline);
              }
              writeBody(json, event);
            })
        .getBytes(StandardCharsets.UTF_8);
  }

  private void writeHead(JsonGenerator json, Event event, Timeline timeline, long tickMs)
      throws IOException {
    int boot = names.namingBoot(event);
    shared.writeHead(json, boot);
    json.writeStringField("id", names.eventId(event));
    json.writeStringField("kind", event.kind().key());
    json.writeNumberField("t", timeline.utcMs(tickMs));
    json.writeStringField("tq", timeline.source(tickMs).key());
    shared.writeStart(json, timeline, tickMs);
  }

  private void writeBody(JsonGenerator json, Event event) throws IOException {
    for (Map.Entry<String, Object> field : event.body().entrySet()) {
      json.writeFieldName(field.getKey());
      writeScalar(json, published(event, field.getKey(), field.getValue()));
    }
  }

  /** Returns a field's value as the name under which the event is published shows it. */
  private Object published(Event event, String key, Object value) {
    if (BOOT_FIELDS.contains(key)) {
      return names.of(event.about()).boot();
    }
    return key.equals(Event.CANCELLED) && value instanceof Long number
        ? names.eventId(report(event, number.intValue()))
        : value;
  }

  /** Returns the report of the event's boot that has this number, as far as its id needs it. */
  private static Event report(Event event, int number) {
    return new Event(event.boot(), number, Event.Kind.REPORT, 0, 0, Map.of());
  }

  private static void writePlace(JsonGenerator json, Row row) throws IOException {
    for (Quantity quantity : List.of(Quantity.LAT, Quantity.LON)) {
      Double value = row.readings().get(quantity);
      if (value != null) {
        json.writeFieldName(quantity.key());
        json.writeNumber(RowJson.plain(quantity, value));
      }
    }
  }

  private static void writeScalar(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(value.toString());
    }
  }
}
