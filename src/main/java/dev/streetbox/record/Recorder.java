package dev.streetbox.record;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Row;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.time.Duration;
import java.util.Optional;

/**
 * Composes one row a second, on the absolute grid of the boot's monotonic clock, without waiting
 * for a sensor, a disk or a network. Called by the recorder's thread only.
 */
public final class Recorder {
  static final long PERIOD_MS = 1_000;

  /**
   * A row is composed this long after its second, because position reports arrive up to so late.
   */
  static final Duration WAIT = Duration.ofMillis(500);

  /** A part's first sample that arrives at most this long after a second still counts for it. */
  static final Duration GRACE = Duration.ofMillis(250);

  /** Seconds that are older than this (ms) are not on the board any more and get no row. */
  static final long LATEST_MS = 5_000;

  private final Composer composer;
  private final Privacy privacy;
  private final SoundEvents soundEvents;
  private final OdourEvents odourEvents;
  private final TimeKeeper keeper;
  private final Outbox outbox;
  private final Time time;
  private long dueTickMs;
  private final Places places = new Places();
  private volatile Optional<Row> last = Optional.empty();

  /**
   * Appends an estimated anchor to the outbox; the first row is due at the next full second.
   *
   * @param events the sounds and odours of which events are made
   */
  public Recorder(
      Composer composer,
      RoadEventSettings events,
      Privacy privacy,
      TimeKeeper keeper,
      Outbox outbox,
      Time time) {
    this.composer = composer;
    this.soundEvents = new SoundEvents(events.sounds());
    this.odourEvents = new OdourEvents(events.odours());
    this.privacy = privacy;
    this.keeper = keeper;
    this.outbox = outbox;
    this.time = time;
    this.dueTickMs = (time.tickMs() / PERIOD_MS + 1) * PERIOD_MS;
    outbox.append(keeper.estimate(time.tickMs(), time.systemClock()));
  }

  /** Returns the newest row, once there is one; for any thread. */
  public Optional<Row> last() {
    return last;
  }

  /** Returns the places of the last rows, for any thread. */
  public Places places() {
    return places;
  }

  /** Returns whether the stretch is over, because the box may be within a privacy zone. */
  public boolean isHidden() {
    return privacy.isHidden();
  }

  /** Returns whether the box is or may be near a privacy zone, so that seconds wait. */
  public boolean isNear() {
    return privacy.isNear();
  }

  /** Appends new anchors and every row that is due; returns how long until the next row is due. */
  public Duration cycle() {
    keeper.next().ifPresent(outbox::append);
    long nowMs = time.tickMs();
    long earliest = nowMs - LATEST_MS;
    if (dueTickMs < earliest) {
      dueTickMs = (earliest / PERIOD_MS + 1) * PERIOD_MS;
    }
    while (dueTickMs + WAIT.toMillis() <= nowMs) {
      compose();
      dueTickMs += PERIOD_MS;
    }
    return Duration.ofMillis(dueTickMs + WAIT.toMillis() - nowMs);
  }

  private void compose() {
    for (ComposedSecond second : privacy.next(composer.second(dueTickMs, GRACE))) {
      Row row = new Row(outbox.boot(), outbox.newest() + 1, second.tickMs(), second.sample());
      outbox.append(row);
      last = Optional.of(row);
      places.add(row);
      soundEvents
          .add(second.sample(), second.tickMs())
          .ifPresent(sound -> outbox.append(Event.Kind.SOUND, sound.tickMs(), sound.fields()));
      odourEvents
          .add(second)
          .forEach(odour -> outbox.append(Event.Kind.ODOUR, odour.tickMs(), odour.fields()));
    }
  }
}
