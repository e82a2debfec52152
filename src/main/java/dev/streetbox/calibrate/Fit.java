package dev.streetbox.calibrate;

import dev.streetbox.measure.Quantity;
import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Compares a box's hourly means with a reference station's: the least-squares line {@code box =
 * slope * reference + intercept}, and the errors before any correction.
 *
 * @param n the number of hours
 * @param r Pearson's correlation, −1 to 1
 * @param slope the line's slope; 1 without error
 * @param intercept the line's intercept, in the quantity's unit; 0 without error
 * @param rmse the root mean square of box − reference, in the quantity's unit
 * @param nrmse {@code rmse} as a share of the reference's mean
 * @param mape the mean of |box − reference| / reference over the hours with a reference above 0;
 *     NaN without any
 * @param residualRmse the RMSE after correction by the line, in the quantity's unit
 */
public record Fit(
    int n,
    double r,
    double slope,
    double intercept,
    double rmse,
    double nrmse,
    double mape,
    double residualRmse) {

  /**
   * Holds the means of one hour.
   *
   * @param reference the station's mean
   * @param box the box's mean
   */
  public record Pair(double reference, double box) {
    private double error() {
      return box - reference;
    }
  }

  private static final int MIN_HOURS = 3;

  /**
   * Computes the fit of some hours; empty for fewer than three, or if all means of one side are
   * equal.
   */
  public static Optional<Fit> of(Collection<Pair> pairs) {
    int n = pairs.size();
    double meanX = pairs.stream().mapToDouble(Pair::reference).average().orElse(0);
    double meanY = pairs.stream().mapToDouble(Pair::box).average().orElse(0);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (Pair pair : pairs) {
      xx += (pair.reference() - meanX) * (pair.reference() - meanX);
      yy += (pair.box() - meanY) * (pair.box() - meanY);
      xy += (pair.reference() - meanX) * (pair.box() - meanY);
    }
    if (n < MIN_HOURS || xx == 0 || yy == 0) {
      return Optional.empty();
    }
    double slope = xy / xx;
    double intercept = meanY - slope * meanX;
    double rmse = Math.sqrt(mean(pairs, pair -> pair.error() * pair.error()));
    double residualRmse =
        Math.sqrt(
            mean(pairs, pair -> Math.pow((pair.box() - intercept) / slope - pair.reference(), 2)));
    return Optional.of(
        new Fit(
            n,
            xy / Math.sqrt(xx * yy),
            slope,
            intercept,
            rmse,
            rmse / meanX,
            mape(pairs),
            residualRmse));
  }

  /** Returns the coefficient of determination r², 0 to 1. */
  public double rSquared() {
    return r * r;
  }

  /** Returns the correction that inverts the line. */
  public LinearCorrection correction(Quantity quantity) {
    return new LinearCorrection(quantity, slope, intercept, n);
  }

  private static double mape(Collection<Pair> pairs) {
    return pairs.stream()
        .filter(pair -> pair.reference() > 0)
        .mapToDouble(pair -> Math.abs(pair.error()) / pair.reference())
        .average()
        .orElse(Double.NaN);
  }

  private static double mean(Collection<Pair> pairs, ToDoubleFunction<Pair> of) {
    return pairs.stream().mapToDouble(of).average().orElseThrow();
  }
}
