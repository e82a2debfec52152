package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Expected values by the formulas of Sensirion's algorithm 3.2, evaluated in double. */
class GasBaselineTest {
  private static final double LEARNED_S = 12 * 3600;
  private static final double FIRST_STD = 50;

  /** Signal above the mean, in ticks and in the algorithm's own scale of 64 ticks. */
  private static final float STEP = 32_000;

  private static final double SCALED_STEP = STEP / 64;

  private final GasBaseline baseline = new GasBaseline(GasBaseline.Pace.VOC, 10);

  /** Adds one signal after so long a time of learning. */
  private void learnAfter(float uptimeS, float index) {
    baseline.resume(0, (float) FIRST_STD, uptimeS);
    baseline.learn(STEP, index);
  }

  private static double std(double gamma) {
    return Math.sqrt(
        (64 - gamma) * (FIRST_STD * FIRST_STD / 64 + gamma * SCALED_STEP * SCALED_STEP));
  }

  @Test
  void afterThreeHoursMeanAndDeviationFollowWithATimeConstantOfTwelveHours() {
    learnAfter(10_800, 0);
    assertEquals(STEP * 10 / (LEARNED_S + 10), baseline.mean(), 1e-4);
    assertEquals(std(64 * 10 / (LEARNED_S + 10)), baseline.std(), 0.01);
  }

  @Test
  void afterOneHourTheDeviationFollowsWithATimeConstantOf2500Seconds() {
    learnAfter(4_000, 0);
    assertEquals(std(64 * 10 / 2_510.0), baseline.std(), 0.1);
  }

  @Test
  void anIndexOf500SlowsTheLearningOfTheMeanFromTheFirstSecondOn() {
    learnAfter(0, 500);
    double open = 1 / (1 + Math.exp(0.09 * (500 - 510)));
    assertEquals(STEP * 10 / (20 + 10) * open, baseline.mean(), 1);
  }
}
