package dev.streetbox;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.ClockReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Simulates the clocks of one boot: true UTC, an oscillator that drifts, a system clock that was
 * never set, and a receiver and an NTP daemon that start late, are silent for some time and report
 * wrong times. Every wrong time ends early enough for the time keeper to find the right one before
 * the boot ends.
 */
final class Clocks implements Time {
  /** Times that must be refused, in ms since 1970. */
  private static final List<Long> IMPOSSIBLE =
      List.of(
          0L, // never set
          Instant.parse("1980-01-06T00:00:00Z").toEpochMilli(), // GPS week 0
          Instant.parse("2036-02-07T06:28:16Z").toEpochMilli(), // NTP's second era
          Instant.parse("2038-01-19T03:14:07Z").toEpochMilli(), // 2^31
          Instant.parse("2080-01-06T00:00:00Z").toEpochMilli());

  private static final long WEEKS_1024_MS = Duration.ofDays(7 * 1024).toMillis();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  /** Errors of the receiver's first fixes, ms: 1,024 weeks, a week, leap seconds. */
  private static final List<Long> FIRST_FIX_ERRORS_MS =
      List.of(0L, 0L, -WEEKS_1024_MS, WEEKS_1024_MS, 7 * DAY_MS, -2_000L, 3_000L);

  private static final List<Long> STEPS =
      List.of(7 * DAY_MS, -7 * DAY_MS, 3_600_000L, -20_000L, -WEEKS_1024_MS);

  private final SplittableRandom random;
  private final long startMs;
  private final double rate;
  private final long systemStartMs;
  private final long leapMs;
  private final long gnssFromMs;
  private final long gnssRightMs;
  private final long gnssErrorMs;
  private final long ntpFromMs;
  private final long ntpRightMs;
  private final long ntpWrongMs;
  private final long stepFromMs;
  private final long stepMs;
  private final boolean stepOfGnss;
  private final long gnssGapFromMs;
  private final long gnssGapUntilMs;
  private long tickMs;

  /**
   * Draws the clocks of a boot.
   *
   * @param startMs true start of the boot, UTC in ms
   * @param lastMs true end of the last boot, UTC in ms: a clock that was saved starts here
   * @param leapMs the time from which on UTC is one second behind, ms
   * @param minutes length of the boot
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
    this.gnssErrorMs = any(FIRST_FIX_ERRORS_MS);
    this.gnssRightMs = gnssFromMs + random.nextLong(5_000, endMs / 6);
    this.ntpFromMs = random.nextInt(2) == 0 ? never : random.nextLong(2_000, endMs / 3);
    this.ntpWrongMs = any(IMPOSSIBLE);
    this.ntpRightMs = ntpFromMs + (random.nextBoolean() ? 0 : random.nextLong(endMs / 6));
    this.stepFromMs = endMs * 3 / 4;
    this.stepMs = random.nextInt(3) == 0 ? any(STEPS) : 0;
    this.stepOfGnss = random.nextBoolean();
    this.gnssGapFromMs = stepFromMs + 60_000 + random.nextLong(endMs / 4);
    this.gnssGapUntilMs = gnssGapFromMs + random.nextLong(endMs / 4);
  }

  private long any(List<Long> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Returns true UTC at a tick, ms. */
  long truthMs(long atTickMs) {
    long utcMs = startMs + Math.round(atTickMs * rate);
    return utcMs >= leapMs ? utcMs - 1_000 : utcMs;
  }

  /**
   * Returns true if the boot has had a leap second; then rows before the leap second may be dated
   * as if they were after it.
   */
  boolean leaps() {
    return startMs < leapMs && truthMs(tickMs) >= leapMs - 1_000;
  }

  /** Advances the clocks by one second. */
  void tick() {
    tickMs += 1_000;
  }

  /** Returns the receiver's reading, if the receiver has one now. */
  Optional<ClockReading> gnss() {
    boolean inGap = tickMs >= gnssGapFromMs && tickMs < gnssGapUntilMs;
    if (tickMs < gnssFromMs || inGap) {
      return Optional.empty();
    }
    long lateMs = random.nextLong(100, 600);
    long wrongMs = (tickMs < gnssRightMs ? gnssErrorMs : 0) + (stepOfGnss ? step() : 0);
    return Optional.of(ClockReading.gnss(tickMs, truthMs(tickMs) - lateMs + wrongMs, 3));
  }

  /** Returns the reading of the disciplined system clock, if there is one now. */
  Optional<ClockReading> ntp() {
    if (tickMs < ntpFromMs) {
      return Optional.empty();
    }
    long utcMs = tickMs < ntpRightMs ? ntpWrongMs + tickMs : truthMs(tickMs);
    return Optional.of(ClockReading.ntp(tickMs, utcMs + (stepOfGnss ? 0 : step())));
  }

  /** Returns the error of a step that lasts less than a minute, ms. */
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
    throw new IllegalStateException("this test does not wait");
  }
}
