package dev.streetbox.record;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.TimeSource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Decides which clocks to believe, and turns them into anchors. A reading is believed when it lies
 * after the build and within the box's life, and when {@value #AGREEING} in a row agree with the
 * monotonic clock: receivers without a fix, in a week roll-over or just woken up do not.
 *
 * <p>{@link #offer} and {@link #utcMs} may be called by any thread; everything else by the
 * recorder's only.
 */
public final class TimeKeeper {
  /** How many consecutive readings of a source must agree. */
  static final int AGREEING = 3;

  /** How far agreeing readings may differ: a receiver's answer is late by up to half a second. */
  static final long TOLERANCE_MS = 1_000;

  /** A source that was believed is written down again this often, so that drift is known. */
  static final long ANCHOR_EVERY_MS = 600_000;

  /** No reading later than this after the build is believed (1024 weeks are 19.6 years). */
  private static final long LIFE_MS = 15L * 365 * 24 * 3_600_000;

  private final int boot;
  private final long builtMs;
  private final Faults faults;
  private final Queue<ClockReading> offered = new ArrayBlockingQueue<>(16);
  private final Map<TimeSource, Deque<ClockReading>> agreeing = new EnumMap<>(TimeSource.class);
  private final Map<TimeSource, Anchor> anchored = new EnumMap<>(TimeSource.class);
  private volatile Optional<Anchor> latest = Optional.empty();

  /**
   * @param boot the boot whose ticks are dated
   * @param built when this program was built: no true clock is earlier
   */
  public TimeKeeper(int boot, Instant built, Faults faults) {
    this.boot = boot;
    this.builtMs = built.toEpochMilli();
    this.faults = faults;
  }

  /** The boot's first anchor: the system clock as it was found, which nothing vouches for. */
  public Anchor estimate(long tickMs, Instant systemClock) {
    long utcMs = Math.max(systemClock.toEpochMilli(), builtMs);
    return new Anchor(boot, tickMs, utcMs, TimeSource.EST, Long.MAX_VALUE);
  }

  /** Hands over a reading; dropped if the recorder is far behind, since another will follow. */
  public void offer(ClockReading reading) {
    offered.offer(reading);
  }

  /** The time of day at a tick of this boot, in ms since 1970; empty until a clock was believed. */
  public OptionalLong utcMs(long tickMs) {
    return latest.stream().mapToLong(anchor -> anchor.utcMs() + tickMs - anchor.tickMs()).findAny();
  }

  /** The next anchor that the readings offered so far justify, if there is one. */
  public Optional<Anchor> next() {
    for (ClockReading reading = offered.poll(); reading != null; reading = offered.poll()) {
      Optional<Anchor> anchor = judge(reading);
      if (anchor.isPresent()) {
        return anchor;
      }
    }
    return Optional.empty();
  }

  private Optional<Anchor> judge(ClockReading reading) {
    TimeSource source = reading.source();
    Deque<ClockReading> run = agreeing.computeIfAbsent(source, any -> new ArrayDeque<>());
    String place = "clock " + source.key();
    if (reading.utcMs() < builtMs || reading.utcMs() > builtMs + LIFE_MS) {
      run.clear();
      faults.raise(place, "refused a time before the build or 15 years after it", reading.tickMs());
      return Optional.empty();
    }
    if (!run.isEmpty() && apart(run.getLast().offsetMs(), reading.offsetMs()) > TOLERANCE_MS) {
      run.clear();
    }
    run.add(reading);
    if (run.size() < AGREEING) {
      return Optional.empty();
    }
    faults.clear(place);
    Anchor known = anchored.get(source);
    boolean due =
        known == null
            || reading.tickMs() - known.tickMs() >= ANCHOR_EVERY_MS
            || apart(known.utcMs() - known.tickMs(), reading.offsetMs()) > TOLERANCE_MS;
    Anchor anchor = best(run);
    run.clear();
    if (!due) {
      return Optional.empty();
    }
    anchored.put(source, anchor);
    latest = Optional.of(anchor);
    return latest;
  }

  /** Of agreeing readings, the one heard with the least delay: its offset is the greatest. */
  private Anchor best(Deque<ClockReading> run) {
    ClockReading best = run.getFirst();
    for (ClockReading reading : run) {
      best = reading.offsetMs() > best.offsetMs() ? reading : best;
    }
    return new Anchor(boot, best.tickMs(), best.utcMs(), best.source(), TOLERANCE_MS);
  }

  private static long apart(long a, long b) {
    return Math.abs(a - b);
  }
}
