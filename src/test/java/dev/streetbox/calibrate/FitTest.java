package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.calibrate.Fit.Pair;
import dev.streetbox.measure.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {
  /** Anscombe's first quartet (The American Statistician 27, 1973): the textbook's own numbers. */
  private static final double[][] ANSCOMBE = {
    {10, 8.04},
    {8, 6.95},
    {13, 7.58},
    {9, 8.81},
    {11, 8.33},
    {14, 9.96},
    {6, 7.24},
    {4, 4.26},
    {12, 10.84},
    {7, 4.82},
    {5, 5.68}
  };

  @Test
  void theFiguresAreThoseOfATextbook() {
    List<Pair> pairs = new ArrayList<>();
    for (double[] point : ANSCOMBE) {
      pairs.add(new Pair(point[0], point[1]));
    }
    Fit fit = Fit.of(pairs).orElseThrow();
    assertEquals(11, fit.n());
    assertEquals(0.8164, fit.r(), 5e-5);
    assertEquals(0.5001, fit.slope(), 5e-5);
    assertEquals(3.0001, fit.intercept(), 5e-5);
    assertEquals(2.4490, fit.rmse(), 5e-5);
    assertEquals(2.4490 / 9, fit.nrmse(), 1e-5);
  }

  @Test
  void theCorrectionInvertsAnyLineWithoutNoise() {
    Seeds.each(5, FitTest::fitRandomLine);
  }

  private static void fitRandomLine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double slope = random.nextDouble(0.3, 3);
    double intercept = random.nextDouble(-10, 10);
    List<Pair> pairs = new ArrayList<>();
    for (int hour = 0; hour < 50; hour++) {
      double reference = random.nextDouble(5, 200);
      pairs.add(new Pair(reference, slope * reference + intercept));
    }
    Fit fit = Fit.of(pairs).orElseThrow();
    assertEquals(slope, fit.slope(), 1e-9);
    assertEquals(intercept, fit.intercept(), 1e-7);
    assertEquals(1, fit.r(), 1e-12);
    assertEquals(0, fit.residualRmse(), 1e-7);
    LinearCorrection correction = fit.correction(Quantity.PM2_5);
    assertEquals(
        pairs.get(7).reference(), correction.corrected(pairs.get(7).box()).orElseThrow(), 1e-7);
  }

  @Test
  void tooFewHoursOrASideThatNeverChangesHaveNoFit() {
    assertEquals(Optional.empty(), Fit.of(List.of(new Pair(1, 2), new Pair(2, 3))));
    assertEquals(Optional.empty(), Fit.of(List.of(new Pair(1, 2), new Pair(1, 3), new Pair(1, 4))));
    assertEquals(Optional.empty(), Fit.of(List.of(new Pair(1, 2), new Pair(2, 2), new Pair(3, 2))));
  }

  /** EPA/600/R-20/280 for PM2.5: each figure at its limit and just beyond it. */
  @ParameterizedTest(name = "r {0}, slope {1}, intercept {2}, RMSE {3}, NRMSE {4}: {5}")
  @CsvSource({
    "0.95, 1.35, 5, 7, 0.5, ''",
    "0.95, 0.65, -5, 8, 0.3, ''",
    "0.83, 1, 0, 5, 0.2, 'r² r'",
    "0.95, 1.36, 0, 5, 0.2, slope",
    "0.95, 1, 5.1, 5, 0.2, intercept",
    "0.95, 1, 0, 7.1, 0.31, RMSE"
  })
  void aFitIsComparedWithEpasTargets(
      double r, double slope, double intercept, double rmse, double nrmse, String missed) {
    Fit fit = new Fit(300, r, slope, intercept, rmse, nrmse, 0.1, 1);
    assertEquals(missed, missed(Quantity.PM2_5, fit));
  }

  @Test
  void eachQuantityHasItsOwnTargets() {
    Fit fit = new Fit(299, 0.85, 1.3, 21, 3.5, 0.1, 0.2, 1);
    assertEquals("n slope intercept", missed(Quantity.PM10, fit));
    assertEquals("n r RMSE", missed(Quantity.LAEQ, fit));
    assertEquals("n", missed(Quantity.H2S, fit));
  }

  @Test
  void aCorrectionNeedsEnoughHoursAndAHighCorrelation() {
    assertTrue(PerformanceTarget.supportsCorrection(new Fit(300, 0.84, 3, 50, 99, 9, 9, 1), 300));
    assertFalse(PerformanceTarget.supportsCorrection(new Fit(299, 0.99, 1, 0, 1, 0, 0, 1), 300));
    assertFalse(PerformanceTarget.supportsCorrection(new Fit(300, 0.83, 1, 0, 1, 0, 0, 1), 300));
    assertFalse(PerformanceTarget.supportsCorrection(new Fit(300, -0.99, -1, 0, 1, 0, 0, 1), 300));
  }

  private static String missed(Quantity quantity, Fit fit) {
    return String.join(
        " ",
        PerformanceTarget.of(quantity, fit, 300).stream()
            .filter(target -> !target.met())
            .map(PerformanceTarget::figure)
            .toList());
  }
}
