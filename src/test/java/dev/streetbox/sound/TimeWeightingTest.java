package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWeightingTest {
  private static final int RATE_HZ = 48_000;

  /** A steady tone of 4 kHz, A-weighted, long enough for F and S to be at rest. */
  private static final double STEADY = meanSquare(tone(4000, 1000));

  /**
   * Milliseconds, LAFmax, LASmax and LAE of a burst of 4 kHz relative to the steady tone, limits of
   * class 1 in dB (IEC 61672-1:2013, table 4; LASmax is not defined below 2 ms).
   */
  @ParameterizedTest(name = "{0} ms")
  @CsvSource({
    "1000, 0, -2.0, 0, 0.5, -0.5",
    "500, -0.1, -4.1, -3, 0.5, -0.5",
    "200, -1, -7.4, -7, 0.5, -0.5",
    "100, -2.6, -10.2, -10, 1, -1",
    "50, -4.8, -13.1, -13, 1, -1",
    "20, -8.3, -17, -17, 1, -1",
    "10, -11.1, -20, -20, 1, -1",
    "5, -14.1, -23, -23, 1, -1",
    "2, -18, -27, -27, 1, -1.5",
    "1, -21, NaN, -30, 1, -2",
    "0.5, -24, NaN, -33, 1, -2.5",
    "0.25, -27, NaN, -36, 1, -3"
  })
  void aToneburstIsWithinTheStandardsLimits(
      double burstMs, double fast, double slow, double exposure, double upper, double lower) {
    // At a block's edge and elsewhere, because a burst's start must not affect the result.
    for (double offset : new double[] {0, 3 / 8.0}) {
      double[] burst = weighted(burst(burstMs, 0.5 + offset * 0.125));
      TimeWeighting weighting = detector(TimeWeighting.FAST_S, burst);
      check("LAFmax", weighting.maximum(), fast, upper, lower);
      check("LAE", weighting.meanSquare() * burst.length / RATE_HZ, exposure, upper, lower);
      if (!Double.isNaN(slow)) {
        check("LASmax", detector(TimeWeighting.SLOW_S, burst).maximum(), slow, upper, lower);
      }
    }
  }

  /** Decay of 34.7 dB/s and 4.34 dB/s: 10 lg(e) over the time constant. */
  @ParameterizedTest(name = "{0} s: {1} dB/s")
  @CsvSource({"0.125, 34.74", "1, 4.343"})
  void aLevelFallsAtTheRateOfItsTimeWeighting(double timeConstantS, double dbPerSecond) {
    TimeWeighting weighting = detector(timeConstantS, tone(1000, 3000));
    double before = weighting.timeWeighted();
    weighting.add(new double[RATE_HZ], RATE_HZ);
    assertEquals(dbPerSecond, 10 * Math.log10(before / weighting.timeWeighted()), 0.01);
  }

  @Test
  void extremesRestartWithEachInterval() {
    TimeWeighting weighting = detector(TimeWeighting.FAST_S, tone(1000, 1000));
    assertEquals(0, weighting.minimum());
    weighting.restart();
    weighting.add(new double[4800], 4800);
    assertEquals(weighting.timeWeighted(), weighting.minimum());
    assertEquals(0.5, weighting.maximum(), 0.001);
    assertEquals(0, weighting.meanSquare());
  }

  @Test
  void aSettledLevelStartsAtTheMeanSoFar() {
    TimeWeighting weighting = detector(TimeWeighting.SLOW_S, tone(1000, 100));
    assertTrue(weighting.timeWeighted() < 0.1);
    weighting.settle();
    assertEquals(0.5, weighting.timeWeighted(), 1e-3);
    assertEquals(weighting.timeWeighted(), weighting.maximum());
  }

  private static void check(
      String what, double meanSquare, double expected, double upper, double lower) {
    double error = 10 * Math.log10(meanSquare / STEADY) - expected;
    assertTrue(error < upper && error > lower, what + " is off by " + error);
    // Far closer than class 1 requires, because the microphone uses the rest of the tolerance.
    assertEquals(0, error, 0.2, what);
  }

  private static double[] burst(double burstMs, double beginS) {
    double[] sound = new double[3 * RATE_HZ];
    double[] tone = tone(4000, burstMs);
    System.arraycopy(tone, 0, sound, (int) (beginS * RATE_HZ), tone.length);
    return sound;
  }

  private static double[] tone(double hz, double ms) {
    return Signals.sine(hz, 10 * Math.log10(0.5), RATE_HZ, ms / 1000);
  }

  private static double[] weighted(double[] sound) {
    double[] a = new double[sound.length];
    new FrequencyWeighting(RATE_HZ).apply(sound, sound.length, a, new double[sound.length]);
    return a;
  }

  private static double meanSquare(double[] sound) {
    double[] settled = weighted(sound);
    return Arrays.stream(settled).skip(RATE_HZ / 2).map(v -> v * v).average().orElseThrow();
  }

  private static TimeWeighting detector(double timeConstantS, double[] sound) {
    TimeWeighting weighting = new TimeWeighting(timeConstantS, RATE_HZ);
    weighting.add(sound, sound.length);
    return weighting;
  }
}
