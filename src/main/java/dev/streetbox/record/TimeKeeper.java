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
 * Decides which clocks to believe, and turns them into anchors. A clock is believed once {@value
 * ClockAgreement#AGREEING} of its readings agree with the monotonic clock and
 *
 * <ul>
 *   <li>they agree with what this boot believes already, or,
 *   <li>if it believes nothing yet, they lie in the {@link PlausibleTime} that earlier boots leave
 *       open.
 * </ul>
 *
 * <p>Anything else is a jump, and needs a second opinion: another clock that says the same, or a
 * receiver that keeps to it for as long as the old time had held (a minute at least, ten at most),
 * since one that has just woken up may be off by leap seconds or weeks until it has heard its
 * almanac. What is not believed is a fault.
 *
 * <p>{@link #offer} and {@link #utcMs} may be called by any thread; everything else by the
 * recorder's only.
 */
public final class TimeKeeper {
  /** A clock that is believed is written down again this often, so that drift is known. */
  static final long ANCHOR_EVERY_MS = 600_000;

  /** The same, if it is off by more than {@link #NOTICEABLE_MS} from what was written down. */
  static final long REFINE_EVERY_MS = 60_000;

  private static final long NOTICEABLE_MS = 500;

  /** A better clock that has been silent for so long is replaced. */
  private static final long DESERTED_MS = 2 * ANCHOR_EVERY_MS;

  /**
   * The most that one anchor moves the time, in ms: rows are a second apart, so that those already
   * sent stay before those that follow. A leap second takes two anchors.
   */
  private static final long SLEW_MS = 900;

  /**
   * A fix in three dimensions, as gpsd counts them: with less, a receiver may not know the time.
   */
  private static final int MODE_3D = 3;

  private static final long PATIENCE_MIN_MS = 60_000;
  private static final long PATIENCE_MAX_MS = 600_000;

  private final int boot;
  private final PlausibleTime plausible;
  private final Faults faults;
  private final Queue<ClockReading> offered = new ArrayBlockingQueue<>(16);
  private final Map<TimeSource, ClockAgreement> runs = new EnumMap<>(TimeSource.class);
  private volatile Optional<Anchor> believed = Optional.empty();
  private long sinceMs;
  private long confirmedMs;

  /**
   * @param boot the boot whose ticks are dated
   * @param built when this program was built: no true clock is earlier
   * @param lastKnownTime what earlier boots knew
   */
  public TimeKeeper(int boot, Instant built, LastKnownTime lastKnownTime, Faults faults) {
    this.boot = boot;
    this.plausible = new PlausibleTime(built, lastKnownTime);
    this.faults = faults;
  }

  /** The boot's first anchor: the best guess, and no earlier than it can be. */
  public Anchor estimate(long tickMs, Instant systemClock) {
    long utcMs = plausible.guess(systemClock).toEpochMilli();
    long uncertaintyMs = utcMs - plausible.earliest().toEpochMilli();
    return new Anchor(boot, tickMs, utcMs, TimeSource.EST, uncertaintyMs);
  }

  /**
   * Hands over a reading. A receiver's is ignored unless its fix has three dimensions. Any is
   * dropped if the recorder is far behind, since another will follow.
   */
  public void offer(ClockReading reading) {
    boolean dates = reading.source() != TimeSource.GNSS || reading.fixMode().orElse(0) >= MODE_3D;
    if (dates) {
      offered.offer(reading);
    }
  }

  /** The time of day at a tick of this boot, in ms since 1970; empty until a clock was believed. */
  public OptionalLong utcMs(long tickMs) {
    return believed.stream().mapToLong(anchor -> tickMs + anchor.offsetMs()).findAny();
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
    ClockAgreement agreement = runs.computeIfAbsent(reading.source(), any -> new ClockAgreement());
    Optional<String> impossible = plausible.impossible(Instant.ofEpochMilli(reading.utcMs()));
    if (impossible.isPresent()) {
      agreement.clear();
      return refuse(reading, impossible.get());
    }
    agreement.add(reading);
    if (!agreement.speaks(reading.tickMs())) {
      return Optional.empty();
    }
    Anchor candidate = anchor(agreement.latest());
    Optional<String> objection = objection(candidate);
    if (objection.isPresent() && !hasSecondOpinion(agreement, candidate)) {
      return refuse(reading, objection.get() + "; waits for a second opinion");
    }
    faults.clear(place(reading.source()));
    return objection.isPresent() || believed.isEmpty() ? believe(candidate) : confirm(candidate);
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

  private Optional<String> objection(Anchor candidate) {
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

  private boolean hasSecondOpinion(ClockAgreement agreement, Anchor candidate) {
    boolean another =
        runs.entrySet().stream()
            .filter(other -> other.getKey() != candidate.source())
            .filter(other -> other.getValue().speaks(candidate.tickMs()))
            .anyMatch(other -> anchor(other.getValue().latest()).agreesWith(candidate));
    long patienceMs = Math.max(PATIENCE_MIN_MS, Math.min(PATIENCE_MAX_MS, confirmedMs - sinceMs));
    return another || (candidate.source() == TimeSource.GNSS && agreement.heldMs() >= patienceMs);
  }

  /** A time that is new to this boot, or that overrules what it believed. */
  private Optional<Anchor> believe(Anchor candidate) {
    sinceMs = candidate.tickMs();
    confirmedMs = sinceMs;
    believed = Optional.of(candidate);
    return believed;
  }

  /** A time that goes with what is believed: an anchor, if one is due. */
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
      return rank < 0 ? ageMs > 0 : ageMs >= DESERTED_MS;
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

  /** In one unit, so that a fault keeps its text. */
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
