package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.record.Places;
import dev.streetbox.record.Recorder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Publishes reports as events of the outbox, each with the place of its press. */
final class OutboxPublication implements ReportIntake.Publication {
  /** The longest time (ms) between a press and the row before it, whose fix is the press's. */
  private static final long SAME_FIX_MS = 2_000;

  private final Recorder recorder;
  private final Outbox outbox;
  private final ReportTracker tracker;
  private final Runnable commitSoon;
  private final boolean inZone;
  private final Time time;

  /**
   * @param commitSoon wakes the duty of the disk
   * @param inZone whether reports are published from within a privacy zone, without a place
   */
  OutboxPublication(
      Recorder recorder,
      Outbox outbox,
      ReportTracker tracker,
      Runnable commitSoon,
      boolean inZone,
      Time time) {
    this.inZone = inZone;
    this.recorder = recorder;
    this.outbox = outbox;
    this.tracker = tracker;
    this.commitSoon = commitSoon;
    this.time = time;
  }

  /** {@inheritDoc} Near a zone this is the tick of the last row, because later ones wait. */
  @Override
  public long publishableMs() {
    if (inZone) {
      return time.tickMs();
    }
    if (recorder.isHidden()) {
      return -1;
    }
    return recorder.isNear() ? recorder.last().map(Row::tickMs).orElse(0L) : time.tickMs();
  }

  @Override
  public void publish(HeldReports.Report report) {
    Event event = outbox.append(report.kind(), report.tickMs(), body(report));
    if (report.kind() == Event.Kind.REPORT) {
      tracker.onMade(event, report.reference());
    }
    commitSoon.run();
  }

  private Map<String, Object> body(HeldReports.Report report) {
    Map<String, Object> body = new TreeMap<>();
    if (!report.text().isEmpty()) {
      body.put("text", report.text());
    }
    if (report.kind() == Event.Kind.ODOUR) {
      body.put("by", "person");
    }
    if (report.kind() == Event.Kind.TAMPER) {
      body.put("what", "lid");
    }
    addPlace(body, recorder.places(), report.tickMs());
    return body;
  }

  /** Adds the place of a moment to an event: that of its fix, else the last one with its age. */
  static void addPlace(Map<String, Object> body, Places places, long tickMs) {
    places
        .before(tickMs)
        .ifPresent(
            place -> {
              body.put(Quantity.LAT.key(), place.lat());
              body.put(Quantity.LON.key(), place.lon());
              long ageMs = tickMs - place.tickMs();
              if (ageMs > SAME_FIX_MS) {
                body.put("fix_age_s", Math.round(ageMs / 1e3));
              }
            });
  }

  @Override
  public boolean cancel(long sinceMs, long tickMs) {
    Optional<Event> cancelled = tracker.cancel(sinceMs);
    cancelled.ifPresent(
        report -> {
          outbox.append(Event.Kind.REPORT, tickMs, Map.of(Event.CANCELLED, (long) report.number()));
          commitSoon.run();
        });
    return cancelled.isPresent();
  }

  @Override
  public boolean takesOdours() {
    return !recorder.isHidden();
  }
}
