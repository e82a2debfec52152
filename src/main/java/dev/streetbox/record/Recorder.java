package dev.streetbox.record;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.sample.Board;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The duty that composes one row a second, on the absolute grid of the boot's own clock: whatever
 * is fresh on the board, and the flags that follow from it. It never waits for a sensor, a disk or
 * a network. Called by the recorder's thread only.
 */
public final class Recorder {
  static final long PERIOD_MS = 1_000;

  /**
   * A row is composed this long after its second: the parts of that second need it to be read, a
   * receiver's position arrives late by as much.
   */
  static final Duration GRACE = Duration.ofMillis(250);

  /** Seconds further back than this cannot be told any more, and have no row. */
  static final long LATEST_MS = 5_000;

  /** Above this relative humidity droplets count as particles (contract, bit 1). */
  static final double HUMID_PCT = 80;

  private static final Set<Quantity> PM =
      EnumSet.of(Quantity.PM1, Quantity.PM2_5, Quantity.PM4, Quantity.PM10);

  private final Board board;
  private final TimeKeeper keeper;
  private final DisciplinedClock systemClock;
  private final Outbox outbox;
  private final Time time;
  private long dueTickMs;
  private volatile Optional<Row> last = Optional.empty();

  /**
   * Rows of the outbox's boot, from the board, dated by the keeper; the first is due next second.
   */
  public Recorder(
      Board board, TimeKeeper keeper, DisciplinedClock systemClock, Outbox outbox, Time time) {
    this.board = board;
    this.keeper = keeper;
    this.systemClock = systemClock;
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
    systemClock.read().ifPresent(keeper::offer);
    keeper.next().ifPresent(outbox::append);
    long nowMs = time.tickMs();
    long earliest = nowMs - LATEST_MS;
    if (dueTickMs < earliest) {
      dueTickMs = (earliest / PERIOD_MS + 1) * PERIOD_MS;
    }
    while (dueTickMs + GRACE.toMillis() <= nowMs) {
      compose();
      dueTickMs += PERIOD_MS;
    }
    return Duration.ofMillis(dueTickMs + GRACE.toMillis() - nowMs);
  }

  private void compose() {
    Sample sample = judged(board.at(dueTickMs, GRACE));
    Row row = new Row(outbox.boot(), outbox.newest() + 1, dueTickMs, sample);
    outbox.append(row);
    last = Optional.of(row);
  }

  /** Adds the flags that no single part can know. */
  private static Sample judged(Sample sample) {
    EnumSet<Quality> flags = EnumSet.noneOf(Quality.class);
    flags.addAll(sample.flags());
    if (sample.get(Quantity.LAT).isEmpty()) {
      flags.add(Quality.GNSS_NONE);
    }
    boolean humid = sample.get(Quantity.HUMIDITY).orElse(0) > HUMID_PCT;
    if (humid && sample.readings().keySet().stream().anyMatch(PM::contains)) {
      flags.add(Quality.PM_HUMID);
    }
    return new Sample(sample.readings(), flags);
  }
}
