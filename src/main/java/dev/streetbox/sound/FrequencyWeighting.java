package dev.streetbox.sound;

import java.util.Map;

/**
 * Applies the frequency weightings A and C of IEC 61672-1, 5.5 and annex E, within 0.04 dB from 10
 * Hz to 20 kHz or to 0.97 of half the sampling rate, for 48, 44.1, 32 and 16 kHz.
 *
 * <p>The poles at 20.6, 107.7 and 737.9 Hz and the zeros at 0 Hz are mapped by the matched
 * z-transform. The double pole at 12194 Hz is a biquad fitted to the standard's formula, because a
 * bilinear transform would be 2.7 dB low at 12.5 kHz and 6.2 dB low at 16 kHz. The biquad of 20.6
 * Hz serves both weightings, and all biquads run in one loop, which takes a quarter of the time of
 * separate loops. The arithmetic is in double, because the first poles are at 0.997. Used by one
 * thread.
 */
final class FrequencyWeighting {
  // IEC 61672-1:2013, annex E.
  private static final double F1_HZ = 20.598997057568145;
  private static final double F2_HZ = 107.65264864304628;
  private static final double F3_HZ = 737.8622307362899;

  /** Holds the biquads of the pole at 12194 Hz, with the gain that makes 1 kHz 0 dB. */
  private record HighEnds(Biquad a, Biquad c) {}

  // Minimax fit to the formula of annex E, from 10 Hz to 20 kHz or 0.97 of half the rate.
  private static final Map<Integer, HighEnds> HIGH_ENDS =
      Map.of(
          48_000,
          new HighEnds(
              new Biquad(
                  0.593898186241716,
                  -0.265660044853253,
                  -0.185185620768093,
                  -1.14075095550666,
                  0.261583979905994),
              new Biquad(
                  0.501937678415138,
                  -0.224458896135344,
                  -0.156542140544487,
                  -1.14072554144167,
                  0.261583516687023)),
          44_100,
          new HighEnds(
              new Biquad(
                  0.607704445165305,
                  0.823272944614786,
                  0.215568644468995,
                  0.635885237589929,
                  -0.243796313217302),
              new Biquad(
                  0.5160766066757,
                  0.699199807564714,
                  0.18312342634664,
                  0.635859316904879,
                  -0.243800517147986)),
          32_000,
          new HighEnds(
              new Biquad(
                  0.772680978023833,
                  0.769678328062063,
                  0.15128782603339,
                  0.556368231271655,
                  -0.0897708727480899),
              new Biquad(
                  0.670952160505373,
                  0.668539471590039,
                  0.131484358181035,
                  0.556405168279271,
                  -0.0897800743037923)),
          16_000,
          new HighEnds(
              new Biquad(
                  0.93492788491944,
                  0.789236060249581,
                  0.108003828757447,
                  0.695171958681539,
                  0.0313030146834302),
              new Biquad(
                  0.879240996947723,
                  0.743551354736218,
                  0.102213869086973,
                  0.695672596531576,
                  0.0314572733681871)));

  private final double lowA1;
  private final double lowA2;
  private final double midA1;
  private final double midA2;
  private final Biquad highA;
  private final Biquad highC;
  private double low1;
  private double low2;
  private double mid1;
  private double mid2;
  private double a1;
  private double a2;
  private double c1;
  private double c2;

  /**
   * Makes a filter whose state is 0.
   *
   * @throws IllegalArgumentException if there are no coefficients for the rate
   */
  FrequencyWeighting(int rateHz) {
    HighEnds ends = HIGH_ENDS.get(rateHz);
    if (ends == null) {
      throw new IllegalArgumentException("no weighting for " + rateHz + " Hz");
    }
    double pole1 = pole(F1_HZ, rateHz);
    double pole2 = pole(F2_HZ, rateHz);
    double pole3 = pole(F3_HZ, rateHz);
    lowA1 = -2 * pole1;
    lowA2 = pole1 * pole1;
    midA1 = -(pole2 + pole3);
    midA2 = pole2 * pole3;
    highA = ends.a();
    highC = ends.c();
  }

  /**
   * Weights the first samples of the array, continuing from the previous call.
   *
   * @param sound the input, not changed
   * @param weightedA receives the A-weighted samples
   * @param weightedC receives the C-weighted samples
   */
  void apply(double[] sound, int count, double[] weightedA, double[] weightedC) {
    // Local copies, so that the loop keeps its state in registers.
    double l1 = low1, l2 = low2, m1 = mid1, m2 = mid2;
    double sa1 = a1, sa2 = a2, sc1 = c1, sc2 = c2;
    for (int i = 0; i < count; i++) {
      double in = sound[i];
      double low = in + l1;
      l1 = l2 - 2 * in - lowA1 * low;
      l2 = in - lowA2 * low;
      double c = highC.b0() * low + sc1;
      sc1 = highC.b1() * low - highC.a1() * c + sc2;
      sc2 = highC.b2() * low - highC.a2() * c;
      double mid = low + m1;
      m1 = m2 - 2 * low - midA1 * mid;
      m2 = low - midA2 * mid;
      double a = highA.b0() * mid + sa1;
      sa1 = highA.b1() * mid - highA.a1() * a + sa2;
      sa2 = highA.b2() * mid - highA.a2() * a;
      weightedA[i] = a;
      weightedC[i] = c;
    }
    low1 = l1;
    low2 = l2;
    mid1 = m1;
    mid2 = m2;
    a1 = sa1;
    a2 = sa2;
    c1 = sc1;
    c2 = sc2;
  }

  private static double pole(double frequencyHz, int rateHz) {
    return Math.exp(-2 * Math.PI * frequencyHz / rateHz);
  }
}
