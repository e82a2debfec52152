package dev.streetbox.calibrate;

import dev.streetbox.measure.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Compares one figure of a fit with a published target for collocated sensors.
 *
 * @param figure the figure's name, as {@code r²}
 * @param value the fit's value, for display
 * @param target the target and its source, for display
 * @param met true if the fit meets the target
 */
public record PerformanceTarget(String figure, String value, String target, boolean met) {
  /** The hours of a collocation: two weeks and 300 hours (MIT Senseable City Lab, Flatburn). */
  public static final int ENOUGH_HOURS = 300;

  /** US EPA's target for r² (EPA/600/R-20/280, 24-hour means). */
  public static final double ENOUGH_R2 = 0.70;

  private static final double ROUNDING = 1e-9;

  /** The quantities with published targets; of any other only r² is compared. */
  private static final Map<Quantity, Function<Fit, List<PerformanceTarget>>> PUBLISHED =
      Map.of(
          Quantity.PM1, PerformanceTarget::fine,
          Quantity.PM2_5, PerformanceTarget::fine,
          Quantity.PM10, PerformanceTarget::coarse,
          Quantity.LAEQ, PerformanceTarget::level);

  /**
   * Compares a fit with the targets of its quantity.
   *
   * @param enoughHours the number of hours that the fit needs
   */
  public static List<PerformanceTarget> of(Quantity quantity, Fit fit, int enoughHours) {
    List<PerformanceTarget> list = new ArrayList<>();
    list.add(of("n", "%.0f h", fit.n(), "≥ " + enoughHours + " h", fit.n() >= enoughHours));
    list.addAll(PUBLISHED.getOrDefault(quantity, any -> List.of(r2(any))).apply(fit));
    return list;
  }

  private static List<PerformanceTarget> fine(Fit fit) {
    boolean close = fit.rmse() <= 7 || fit.nrmse() <= 0.30;
    return List.of(
        r2(fit),
        of("slope", "%.3f", fit.slope(), "1 ± 0.35 (EPA)", near(fit.slope(), 1, 0.35)),
        intercept(fit, 5, "0 ± 5 (EPA)"),
        of("RMSE", "%.2f", fit.rmse(), "≤ 7, or 30 % of the mean (EPA)", close),
        of("r", "%.3f", fit.r(), "> 0.9 (Flatburn)", fit.r() > 0.9),
        of("MAPE", "%.0f %%", 100 * fit.mape(), "< 15 % (Flatburn)", fit.mape() < 0.15));
  }

  private static List<PerformanceTarget> coarse(Fit fit) {
    boolean steep = near(fit.slope(), 1, 0.25);
    return List.of(
        r2(fit),
        of("slope", "%.3f", fit.slope(), "1 ± 0.25 (DB11/T 1926)", steep),
        intercept(fit, 20, "0 ± 20 (DB11/T 1926)"));
  }

  private static List<PerformanceTarget> level(Fit fit) {
    return List.of(
        of("r", "%.3f", fit.r(), "> 0.9 (Aumond 2017)", fit.r() > 0.9),
        of("RMSE", "%.2f", fit.rmse(), "< 3 dB (Aumond 2017)", fit.rmse() < 3));
  }

  /**
   * Returns whether a correction may use a fit: enough hours, r² at its target or above, a slope
   * above 0.
   */
  public static boolean supportsCorrection(Fit fit, int enoughHours) {
    return fit.n() >= enoughHours && fit.rSquared() >= ENOUGH_R2 && fit.slope() > 0;
  }

  private static PerformanceTarget r2(Fit fit) {
    return of("r²", "%.3f", fit.rSquared(), "≥ 0.70 (EPA)", fit.rSquared() >= ENOUGH_R2);
  }

  private static PerformanceTarget intercept(Fit fit, double most, String target) {
    return of("intercept", "%.2f", fit.intercept(), target, near(fit.intercept(), 0, most));
  }

  private static PerformanceTarget of(
      String figure, String format, double value, String target, boolean met) {
    return new PerformanceTarget(figure, String.format(Locale.ROOT, format, value), target, met);
  }

  private static boolean near(double value, double middle, double most) {
    return Math.abs(value - middle) <= most + ROUNDING;
  }
}
