package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.GnssState;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.publish.LinkStatus;
import dev.streetbox.publish.ResendCounts;
import dev.streetbox.sample.SensorStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the members of {@code diag} that follow the head: clock, counters, faults, parts, link,
 * receiver and board. No member tells a time before the boot, because a boot begins outside a
 * privacy zone. With daily names it omits texts and names, which may link two days. Used by the
 * publisher's thread.
 */
final class DiagJson {
  /** Limits the faults in one message; the most recent are written. */
  private static final int FAULT_LIMIT = 20;

  private static final int HOUR_STEP = 10;

  private final boolean daily;
  private final Outbox outbox;
  private final Time time;
  private final Faults faults;
  private final BoardHealth board;
  private final Supplier<List<SensorStatus>> sensors;
  private final RunHours hours;
  private final Supplier<Optional<GnssState>> gnss;
  private final Supplier<LinkStatus> link;
  private final Supplier<ResendCounts> resends;

  /**
   * @param daily whether the box has daily names
   * @param time the box's own time since the boot began
   */
  DiagJson(
      boolean daily,
      Outbox outbox,
      Time time,
      Faults faults,
      BoardHealth board,
      Supplier<List<SensorStatus>> sensors,
      RunHours hours,
      Supplier<Optional<GnssState>> gnss,
      Supplier<LinkStatus> link,
      Supplier<ResendCounts> resends) {
    this.daily = daily;
    this.outbox = outbox;
    this.time = time;
    this.faults = faults;
    this.board = board;
    this.sensors = sensors;
    this.hours = hours;
    this.gnss = gnss;
    this.link = link;
    this.resends = resends;
  }

  /** Writes the members. */
  void write(JsonGenerator json) throws IOException {
    long nowMs = time.tickMs();
    // The boot has no time, not even an estimate, before its first row.
    if (outbox.status().newest() > 0) {
      Timeline timeline = outbox.timeline(outbox.boot());
      json.writeNumberField("t", timeline.utcMs(nowMs));
      json.writeStringField("tq", timeline.source(nowMs).key());
    }
    json.writeNumberField("uptime_s", nowMs / 1000);
    writeFaults(json, nowMs);
    writeParts(json, nowMs);
    writeStore(json);
    writeLink(json, link.get());
    SharedStatus.writeResends(json, resends.get(), daily);
    if (gnss.get().isPresent()) {
      writeGnss(json, gnss.get().get());
    }
    writeBoard(json);
  }

  private void writeFaults(JsonGenerator json, long nowMs) throws IOException {
    List<Faults.Fault> list = faults.list();
    json.writeArrayFieldStart("faults");
    for (Faults.Fault fault : list.subList(0, Math.min(FAULT_LIMIT, list.size()))) {
      json.writeStartObject();
      json.writeStringField("subsystem", fault.subsystem().key());
      if (!daily) {
        json.writeStringField("place", fault.place());
        json.writeStringField("text", fault.text());
      }
      json.writeNumberField("count", fault.count());
      json.writeBooleanField("active", fault.active());
      json.writeNumberField("age_s", Math.max(0, nowMs - fault.lastTickMs()) / 1000);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeParts(JsonGenerator json, long nowMs) throws IOException {
    json.writeArrayFieldStart("parts");
    for (SensorStatus sensor : sensors.get()) {
      json.writeStartObject();
      if (!daily) {
        json.writeStringField("name", sensor.name());
        writeHours(json, sensor.name());
      }
      json.writeStringField("state", sensor.state().name().toLowerCase(Locale.ROOT));
      json.writeNumberField("faults", sensor.faults());
      if (sensor.ageMs(nowMs).isPresent()) {
        json.writeNumberField("age_s", Math.max(0, sensor.ageMs(nowMs).getAsLong()) / 1000);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Writes the hours of what wears out in a part, in steps of ten, so that no hour tells a ride.
   */
  private void writeHours(JsonGenerator json, String sensor) throws IOException {
    Optional<String> field = hours.field(sensor);
    if (field.isPresent()) {
      long tens = (long) (hours.hours(sensor).orElse(0) / HOUR_STEP);
      json.writeNumberField(field.get(), tens * HOUR_STEP);
    }
  }

  private void writeStore(JsonGenerator json) throws IOException {
    Outbox.OutboxStatus store = outbox.status();
    json.writeObjectFieldStart("store");
    json.writeNumberField("newest", store.newest());
    json.writeNumberField("uncommitted", store.uncommitted());
    if (!daily) {
      json.writeNumberField("unacknowledged", store.unacknowledged());
      json.writeNumberField("events", store.events());
      json.writeNumberField("dropped", store.dropped());
    }
    json.writeEndObject();
  }

  private static void writeLink(JsonGenerator json, LinkStatus link) throws IOException {
    json.writeObjectFieldStart("link");
    json.writeNumberField("sent_rows", link.sentRows());
    json.writeNumberField("acknowledged_rows", link.acknowledgedRows());
    json.writeNumberField("in_flight_rows", link.inFlightRows());
    json.writeNumberField("without_subscriber", link.withoutSubscriber());
    json.writeNumberField("losses", link.losses());
    json.writeEndObject();
  }

  private static void writeGnss(JsonGenerator json, GnssState gnss) throws IOException {
    json.writeObjectFieldStart("gnss");
    json.writeNumberField("mode", gnss.mode());
    json.writeNumberField("used", gnss.used());
    json.writeNumberField("seen", gnss.seen());
    json.writeEndObject();
  }

  private void writeBoard(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("board");
    writeNumber(json, "throttled", board.throttledBits().map(Integer::longValue));
    writeNumber(json, "temp_c", board.celsius());
    writeNumber(json, "resident_mb", board.residentMb());
    writeNumber(json, "disk_used_pct", board.diskUsedPct());
    json.writeEndObject();
  }

  private static void writeNumber(JsonGenerator json, String name, Optional<Long> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.get());
    }
  }
}
