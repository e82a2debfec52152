package dev.streetbox.record;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.ClockReading;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.LastKnownTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Decides which clocks to believe, and turns their readings into anchors. A clock is believed once
 * {@value ClockAgreement#AGREEING} of its readings agree with the monotonic clock and
 *
 * <ul>
 *   <li>the readings agree with the time that this boot believes, or,
 *   <li>if this boot believes no time yet, the readings are within {@link PlausibleTime}.
 * </ul>
 *
 * <p>Any other time is a jump and needs confirmation: by another clock that says the same, or by a
 * receiver that repeats the time for as long as the old time was confirmed (at least one minute, at
 * most ten), because a receiver after a cold start may be off by leap seconds or weeks until it has
 * received the almanac. A refused clock is a fault.
 *
 * <p>{@link #offer} and {@link #utcMs} may be called by any thread; everything else by the
 * recorder's only.
 */
public final class TimeKeeper {
  /** Milliseconds between anchors of a believed clock, so that drift is recorded. */
  static final long ANCHOR_EVERY_MS = 600_000;

  /** Milliseconds between anchors if the clock differs by over {@link #NOTICEABLE_MS}. */
  static final long REFINE_EVERY_MS = 60_000;

  private static final long NOTICEABLE_MS = 500;

  /** After so long without a reading (ms), a more trusted clock is replaced by another. */
  private static final long ABSENT_MS = 2 * ANCHOR_EVERY_MS;

  /**
   * The most that one anchor moves the time, in ms. Rows are one second apart, so rows that were
   * already sent stay earlier than the rows that follow. A leap second takes two anchors.
   */
  private static final long SLEW_MS = 900;

  /**
   * gpsd's mode of a three-dimensional fix. With fewer dimensions the receiver's time may be wrong.
   */
  private static final int MODE_3D = 3;

  private static final long PATIENCE_MIN_MS = 60_000;
  private static final long PATIENCE_MAX_MS = 600_000;

  private final int boot;
  private final PlausibleTime plausible;
  private final Faults faults;
  private final Queue<ClockReading> offered = new ArrayBlockingQueue<>(16);
  private final Map<TimeSource, ClockAgreement> agreements = new EnumMap<>(TimeSource.class);
  private volatile Optional<Anchor> believed = Optional.empty();
  private long sinceMs;
  private long confirmedMs;

  /**
   * Starts without a believed clock.
   *
   * @param boot the boot whose ticks are dated
   * @param built when this program was built: no correct clock is earlier
   * @param lastKnownTime the last time of day that earlier boots believed
   */
  public TimeKeeper(int boot, Instant built, LastKnownTime lastKnownTime, Faults faults) {
    this.boot = boot;
    this.plausible = new PlausibleTime(built, lastKnownTime);
    this.faults = faults;
  }

  /** Returns the boot's first anchor: an estimate that is not earlier than the last known time. */
  public Anchor estimate(long tickMs, Instant systemClock) {
    long utcMs = plausible.guess(systemClock).toEpochMilli();
    long uncertaintyMs = utcMs - plausible.earliest().toEpochMilli();
    return new Anchor(boot, tickMs, utcMs, TimeSource.EST, uncertaintyMs);
  }

  /**
   * Queues a reading for the recorder's thread. A receiver's reading is ignored unless its fix has
   * three dimensions. A reading is dropped if the queue is full, because another one follows.
   */
  public void offer(ClockReading reading) {
    boolean dates = reading.source() != TimeSource.GNSS || reading.fixMode().orElse(0) >= MODE_3D;
    if (dates) {
      offered.offer(reading);
    }
  }

  /** Returns the time of day at a tick, in ms since 1970; empty until a clock is believed. */
  public OptionalLong utcMs(long tickMs) {
    return believed.stream().mapToLong(anchor -> tickMs + anchor.offsetMs()).findAny();
  }

  /** Returns the next anchor that the queued readings justify, if there is one. */
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
    ClockAgreement agreement =
        agreements.computeIfAbsent(reading.source(), any -> new ClockAgreement());
    Optional<String> impossible = plausible.impossible(Instant.ofEpochMilli(reading.utcMs()));
    if (impossible.isPresent()) {
      agreement.clear();
      return refuse(reading, impossible.get());
    }
    agreement.add(reading);
    if (!agreement.isCurrent(reading.tickMs())) {
      return Optional.empty();
    }
    Anchor candidate = anchor(agreement.latest());
    Optional<String> doubt = doubt(candidate);
    if (doubt.isPresent() && !isConfirmed(agreement, candidate)) {
      return refuse(reading, doubt.get() + "; waits for a second opinion");
    }
    faults.clear(place(reading.source()));
    return doubt.isPresent() || believed.isEmpty() ? believe(candidate) : confirm(candidate);
  }

  private Optional<Anchor> refuse(ClockReading reading, String why) {
    String day = PlausibleTime.day(Instant.ofEpochMilli(reading.utcMs()));
    faults.raise(
        Subsystem.CLOCK,
        place(reading.source()),
        "refused: says " + day + ", " + why,
        reading.tickMs());
    return Optional.empty();
  }

  private Optional<String> doubt(Anchor candidate) {
    if (believed.isEmpty()) {
      return plausible.unlikely(Instant.ofEpochMilli(candidate.utcMs()));
    }
    Anchor known = believed.get();
    return candidate.agreesWith(known)
        ? Optional.empty()
        : Optional.of(
            apart(Math.abs(candidate.offsetMs() - known.offsetMs()))
                + " away from what "
                + known.source().key()
                + " said");
  }

  private boolean isConfirmed(ClockAgreement agreement, Anchor candidate) {
    boolean another =
        agreements.entrySet().stream()
            .filter(other -> other.getKey() != candidate.source())
            .filter(other -> other.getValue().isCurrent(candidate.tickMs()))
            .anyMatch(other -> anchor(other.getValue().latest()).agreesWith(candidate));
    long patienceMs = Math.max(PATIENCE_MIN_MS, Math.min(PATIENCE_MAX_MS, confirmedMs - sinceMs));
    return another || (candidate.source() == TimeSource.GNSS && agreement.heldMs() >= patienceMs);
  }

  /** Replaces the believed time by another. */
  private Optional<Anchor> believe(Anchor candidate) {
    sinceMs = candidate.tickMs();
    confirmedMs = sinceMs;
    believed = Optional.of(candidate);
    return believed;
  }

  /** Confirms the believed time; returns an anchor if one is due. */
  private Optional<Anchor> confirm(Anchor candidate) {
    confirmedMs = candidate.tickMs();
    Anchor known = believed.orElseThrow();
    if (!isDue(candidate, known)) {
      return Optional.empty();
    }
    long moveMs = candidate.offsetMs() - known.offsetMs();
    long slewMs = Math.max(-SLEW_MS, Math.min(SLEW_MS, moveMs));
    believed =
        Optional.of(
            new Anchor(
                boot,
                candidate.tickMs(),
                candidate.utcMs() - moveMs + slewMs,
                candidate.source(),
                candidate.uncertaintyMs()));
    return believed;
  }

  private static boolean isDue(Anchor candidate, Anchor known) {
    long ageMs = candidate.tickMs() - known.tickMs();
    long moveMs = Math.abs(candidate.offsetMs() - known.offsetMs());
    int rank = candidate.source().compareTo(known.source());
    if (rank != 0) {
      return rank < 0 ? ageMs > 0 : ageMs >= ABSENT_MS;
    }
    return ageMs >= (moveMs > NOTICEABLE_MS ? REFINE_EVERY_MS : ANCHOR_EVERY_MS);
  }

  private Anchor anchor(ClockReading reading) {
    return new Anchor(
        boot, reading.tickMs(), reading.utcMs(), reading.source(), ClockAgreement.TOLERANCE_MS);
  }

  private static String place(TimeSource source) {
    return "clock " + source.key();
  }

  /** Returns a duration in one unit, so that the text of a fault changes rarely. */
  private static String apart(long ms) {
    Duration duration = Duration.ofMillis(ms);
    if (duration.toDays() > 1) {
      return duration.toDays() + " days";
    }
    return duration.toHours() > 1
        ? duration.toHours() + " hours"
        : duration.toMinutes() > 1 ? duration.toMinutes() + " minutes" : "seconds";
  }
}
