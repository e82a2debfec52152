package dev.streetbox.record;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.outbox.Outbox;
import java.time.Duration;
import java.util.Optional;

/**
 * The duty that composes one row a second, on the absolute grid of the boot's own clock. It never
 * waits for a sensor, a disk or a network. Called by the recorder's thread only.
 */
public final class Recorder {
  static final long PERIOD_MS = 1_000;

  /** A row is composed this long after its second: so late may the report of a position be. */
  static final Duration WAIT = Duration.ofMillis(500);

  /** A part's first sample this long after a second still stands for it. */
  static final Duration GRACE = Duration.ofMillis(250);

  /** Seconds further back than this cannot be told any more, and have no row. */
  static final long LATEST_MS = 5_000;

  private final Composer composer;
  private final TimeKeeper keeper;
  private final Outbox outbox;
  private final Time time;
  private long dueTickMs;
  private volatile Optional<Row> last = Optional.empty();

  /**
   * Rows of the outbox's boot, composed of its seconds, dated by the keeper; the first is due next
   * second.
   */
  public Recorder(Composer composer, TimeKeeper keeper, Outbox outbox, Time time) {
    this.composer = composer;
    this.keeper = keeper;
    this.outbox = outbox;
    this.time = time;
    this.dueTickMs = (time.tickMs() / PERIOD_MS + 1) * PERIOD_MS;
    outbox.append(keeper.estimate(time.tickMs(), time.systemClock()));
  }

  /** The newest row, once there is one; any thread may ask. */
  public Optional<Row> last() {
    return last;
  }

  /** Takes new anchors, composes every row that is due; returns how long until the next one is. */
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
    Sample sample = composer.second(dueTickMs, GRACE);
    Row row = new Row(outbox.boot(), outbox.newest() + 1, dueTickMs, sample);
    outbox.append(row);
    last = Optional.of(row);
  }
}
