package dev.streetbox.calibrate;

import dev.streetbox.measure.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One figure of a fit against what others ask of a sensor beside a station.
 *
 * @param figure what it is, as {@code r²}
 * @param value what the fit has, for people
 * @param wanted what is asked, with whose figure it is
 * @param met whether the fit has it
 */
public record Criterion(String figure, String value, String wanted, boolean met) {
  /** Two weeks and 300 hours (MIT Senseable City Lab, Flatburn). */
  public static final int ENOUGH_HOURS = 300;

  /** US EPA's target for the share of the variance (EPA/600/R-20/280, 24-hour means). */
  public static final double ENOUGH_R2 = 0.70;

  private static final double ROUNDING = 1e-9;

  /**
   * Judges a fit.
   *
   * @param enoughHours how many hours it needs
   */
  public static List<Criterion> of(Quantity quantity, Fit fit, int enoughHours) {
    List<Criterion> list = new ArrayList<>();
    list.add(of("n", "%.0f h", fit.n(), "≥ " + enoughHours + " h", fit.n() >= enoughHours));
    switch (quantity) {
      case PM1, PM2_5 -> {
        list.add(r2(fit));
        list.add(of("slope", "%.3f", fit.slope(), "1 ± 0.35 (EPA)", near(fit.slope(), 1, 0.35)));
        list.add(intercept(fit, 5, "0 ± 5 (EPA)"));
        boolean close = fit.rmse() <= 7 || fit.nrmse() <= 0.30;
        list.add(of("RMSE", "%.2f", fit.rmse(), "≤ 7, or 30 % of the mean (EPA)", close));
        list.add(of("r", "%.3f", fit.r(), "> 0.9 (Flatburn)", fit.r() > 0.9));
        list.add(of("MAPE", "%.0f %%", 100 * fit.mape(), "< 15 % (Flatburn)", fit.mape() < 0.15));
      }
      case PM10 -> {
        list.add(r2(fit));
        boolean steep = near(fit.slope(), 1, 0.25);
        list.add(of("slope", "%.3f", fit.slope(), "1 ± 0.25 (DB11/T 1926)", steep));
        list.add(intercept(fit, 20, "0 ± 20 (DB11/T 1926)"));
      }
      case LAEQ -> {
        list.add(of("r", "%.3f", fit.r(), "> 0.9 (Aumond 2017)", fit.r() > 0.9));
        list.add(of("RMSE", "%.2f", fit.rmse(), "< 3 dB (Aumond 2017)", fit.rmse() < 3));
      }
      default -> list.add(r2(fit));
    }
    return list;
  }

  /** Whether a correction may rest on a fit: enough hours, and a line that explains them. */
  public static boolean carries(Fit fit, int enoughHours) {
    return fit.n() >= enoughHours && fit.rSquared() >= ENOUGH_R2 && fit.slope() > 0;
  }

  private static Criterion r2(Fit fit) {
    return of("r²", "%.3f", fit.rSquared(), "≥ 0.70 (EPA)", fit.rSquared() >= ENOUGH_R2);
  }

  private static Criterion intercept(Fit fit, double most, String wanted) {
    return of("intercept", "%.2f", fit.intercept(), wanted, near(fit.intercept(), 0, most));
  }

  private static Criterion of(
      String figure, String format, double value, String wanted, boolean met) {
    return new Criterion(figure, String.format(Locale.ROOT, format, value), wanted, met);
  }

  private static boolean near(double value, double middle, double most) {
    return Math.abs(value - middle) <= most + ROUNDING;
  }
}
