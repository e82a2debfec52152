package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the targets of each quantity and their texts. */
class PerformanceTargetTest {
  private static final Fit GOOD = new Fit(300, 0.95, 1.1, 2, 4, 0.12, 0.1, 3);

  private static String text(Quantity quantity, Fit fit, int enoughHours) {
    return PerformanceTarget.of(quantity, fit, enoughHours).stream()
        .map(
            target ->
                "%s %s %s %s"
                    .formatted(
                        target.met() ? "+" : "-", target.figure(), target.value(), target.target()))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void fineParticlesHaveTheTargetsOfEpaAndFlatburn() {
    assertEquals(
        """
        + n 300 h ≥ 300 h
        + r² 0.903 ≥ 0.70 (EPA)
        + slope 1.100 1 ± 0.35 (EPA)
        + intercept 2.00 0 ± 5 (EPA)
        + RMSE 4.00 ≤ 7, or 30 % of the mean (EPA)
        + r 0.950 > 0.9 (Flatburn)
        + MAPE 10 % < 15 % (Flatburn)\
        """,
        text(Quantity.PM2_5, GOOD, 300));
    assertEquals(text(Quantity.PM2_5, GOOD, 300), text(Quantity.PM1, GOOD, 300));
  }

  @Test
  void coarseParticlesHaveTheTargetsOfBeijingsStandard() {
    assertEquals(
        """
        + n 300 h ≥ 300 h
        + r² 0.903 ≥ 0.70 (EPA)
        + slope 1.100 1 ± 0.25 (DB11/T 1926)
        + intercept 2.00 0 ± 20 (DB11/T 1926)\
        """,
        text(Quantity.PM10, GOOD, 300));
  }

  @Test
  void levelsHaveTheTargetsOfAumond() {
    assertEquals(
        """
        - n 300 h ≥ 301 h
        + r 0.950 > 0.9 (Aumond 2017)
        - RMSE 4.00 < 3 dB (Aumond 2017)\
        """,
        text(Quantity.LAEQ, GOOD, 301));
  }

  @Test
  void anyOtherQuantityHasOnlyTheTargetOfR2() {
    Set<Quantity> published = Set.of(Quantity.PM1, Quantity.PM2_5, Quantity.PM10, Quantity.LAEQ);
    for (Quantity quantity : Quantity.values()) {
      List<String> figures =
          PerformanceTarget.of(quantity, GOOD, 300).stream()
              .map(PerformanceTarget::figure)
              .toList();
      assertEquals(
          published.contains(quantity), !figures.equals(List.of("n", "r²")), quantity.key());
    }
  }

  /** Each limit of r², r, MAPE and PM10's own targets, at the limit and just beyond. */
  @ParameterizedTest(name = "{0}: r {1}, slope {2}, intercept {3}, MAPE {4}: missed {5}")
  @CsvSource({
    "PM2_5, 0.9001, 1, 0, 0.1499, ''",
    "PM2_5, 0.9, 1, 0, 0.1, r",
    "PM2_5, 0.95, 1, 0, 0.15, MAPE",
    "PM10, 0.83667, 1.25, 20, 1, ''",
    "PM10, 0.8366, 0.75, -20, 1, r²",
    "PM10, 0.9, 1.2501, 0, 1, slope",
    "PM10, 0.9, 0.7499, 0, 1, slope",
    "PM10, 0.9, 1, 20.001, 1, intercept",
    "LAEQ, 0.9, 1, 0, 1, r",
    "NH3, 0.5, 9, 99, 9, r²"
  })
  void aFigureIsMetUpToItsLimit(
      Quantity quantity, double r, double slope, double intercept, double mape, String missed) {
    Fit fit = new Fit(300, r, slope, intercept, 2, 0.2, mape, 1);
    assertEquals(
        missed,
        PerformanceTarget.of(quantity, fit, 300).stream()
            .filter(target -> !target.met())
            .map(PerformanceTarget::figure)
            .collect(Collectors.joining(" ")));
  }

  @Test
  void aFitWithoutAnyReferenceAboveZeroMissesMape() {
    Fit fit = new Fit(300, 0.95, 1, 0, 2, 0.2, Double.NaN, 1);
    assertTrue(text(Quantity.PM2_5, fit, 300).contains("- MAPE NaN %"));
  }

  @Test
  void aLineOfNegativeSlopeSupportsNoCorrection() {
    assertFalse(PerformanceTarget.supportsCorrection(new Fit(300, -1, -1, 0, 0, 0, 0, 0), 300));
    assertTrue(PerformanceTarget.supportsCorrection(new Fit(24, 1, 1, 0, 0, 0, 0, 0), 24));
  }
}
