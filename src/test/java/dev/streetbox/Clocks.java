package dev.streetbox;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.ClockReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One boot's clocks, and what they are worth: the truth, an oscillator that drifts, a system clock
 * that was never set, a receiver and a daemon that come late, are silent for a while, and lie.
 * Every lie is over soon enough before the boot ends for the truth to be found out.
 */
final class Clocks implements Time {
  /** Ways to be wrong that nobody may believe, in ms since 1970. */
  private static final List<Long> IMPOSSIBLE =
      List.of(
          0L, // never set
          Instant.parse("1980-01-06T00:00:00Z").toEpochMilli(), // GPS week 0
          Instant.parse("2036-02-07T06:28:16Z").toEpochMilli(), // NTP's second era
          Instant.parse("2038-01-19T03:14:07Z").toEpochMilli(), // 2^31
          Instant.parse("2080-01-06T00:00:00Z").toEpochMilli());

  private static final long WEEKS_1024_MS = Duration.ofDays(7 * 1024).toMillis();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  /** What the receiver's first fixes are wrong by: weeks, a week, leap seconds. */
  private static final List<Long> ASLEEP =
      List.of(0L, 0L, -WEEKS_1024_MS, WEEKS_1024_MS, 7 * DAY_MS, -2_000L, 3_000L);

  private static final List<Long> STEPS =
      List.of(7 * DAY_MS, -7 * DAY_MS, 3_600_000L, -20_000L, -WEEKS_1024_MS);

  private final SplittableRandom random;
  private final long startMs;
  private final double rate;
  private final long systemStartMs;
  private final long leapMs;
  private final long gnssFromMs;
  private final long gnssAwakeMs;
  private final long asleepByMs;
  private final long ntpFromMs;
  private final long ntpRightMs;
  private final long ntpLie;
  private final long stepFromMs;
  private final long stepMs;
  private final boolean stepOfGnss;
  private final long quietFromMs;
  private final long quietUntilMs;
  private long tickMs;

  /**
   * Clocks of a boot.
   *
   * @param startMs when it begins, in truth
   * @param lastMs when the last boot ended, in truth: what a saved clock begins with
   * @param leapMs from when on UTC is a second back
   * @param minutes how long the boot will be
   */
  Clocks(SplittableRandom random, long startMs, long lastMs, long leapMs, int minutes) {
    this.random = random;
    this.startMs = startMs;
    this.rate = 1 + random.nextDouble(-50e-6, 50e-6);
    this.leapMs = leapMs;
    this.systemStartMs =
        switch (random.nextInt(4)) {
          case 0 -> any(IMPOSSIBLE);
          case 1 -> lastMs - random.nextInt(600_000);
          case 2 -> startMs + random.nextInt(-3_600_000, 3_600_000);
          default -> startMs;
        };
    long never = Long.MAX_VALUE / 2;
    long endMs = minutes * 60_000L;
    this.gnssFromMs = random.nextInt(3) == 0 ? never : random.nextLong(2_000, endMs / 3);
    this.asleepByMs = any(ASLEEP);
    this.gnssAwakeMs = gnssFromMs + random.nextLong(5_000, endMs / 6);
    this.ntpFromMs = random.nextInt(2) == 0 ? never : random.nextLong(2_000, endMs / 3);
    this.ntpLie = any(IMPOSSIBLE);
    this.ntpRightMs = ntpFromMs + (random.nextBoolean() ? 0 : random.nextLong(endMs / 6));
    this.stepFromMs = endMs * 3 / 4;
    this.stepMs = random.nextInt(3) == 0 ? any(STEPS) : 0;
    this.stepOfGnss = random.nextBoolean();
    this.quietFromMs = stepFromMs + 60_000 + random.nextLong(endMs / 4);
    this.quietUntilMs = quietFromMs + random.nextLong(endMs / 4);
  }

  private long any(List<Long> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** UTC at a tick, in truth. */
  long truthMs(long atTickMs) {
    long utcMs = startMs + Math.round(atTickMs * rate);
    return utcMs >= leapMs ? utcMs - 1_000 : utcMs;
  }

  /** Whether a second of the boot so far was a leap second: rows before may count as after it. */
  boolean leaps() {
    return startMs < leapMs && truthMs(tickMs) >= leapMs - 1_000;
  }

  /** A second later. */
  void tick() {
    tickMs += 1_000;
  }

  /** What the receiver says now. */
  Optional<ClockReading> gnss() {
    boolean quiet = tickMs >= quietFromMs && tickMs < quietUntilMs;
    if (tickMs < gnssFromMs || quiet) {
      return Optional.empty();
    }
    long lateMs = random.nextLong(100, 600);
    long wrongMs = (tickMs < gnssAwakeMs ? asleepByMs : 0) + (stepOfGnss ? step() : 0);
    return Optional.of(ClockReading.gnss(tickMs, truthMs(tickMs) - lateMs + wrongMs, 3));
  }

  /** What the disciplined system clock says now. */
  Optional<ClockReading> ntp() {
    if (tickMs < ntpFromMs) {
      return Optional.empty();
    }
    long utcMs = tickMs < ntpRightMs ? ntpLie + tickMs : truthMs(tickMs);
    return Optional.of(ClockReading.ntp(tickMs, utcMs + (stepOfGnss ? 0 : step())));
  }

  /** A jump for less than a minute. */
  private long step() {
    return tickMs >= stepFromMs && tickMs < stepFromMs + 50_000 ? stepMs : 0;
  }

  @Override
  public long tickMs() {
    return tickMs;
  }

  @Override
  public Instant systemClock() {
    return Instant.ofEpochMilli(systemStartMs + tickMs);
  }

  @Override
  public void sleep(Duration duration) {
    throw new IllegalStateException("nobody waits here");
  }
}
