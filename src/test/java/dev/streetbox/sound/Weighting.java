package dev.streetbox.sound;

/** Computes the formulas of IEC 61672-1:2013, annex E, as the filters' reference. */
final class Weighting {
  private static final double F1 = square(20.598997057568145);
  private static final double F2 = square(107.65264864304628);
  private static final double F3 = square(737.8622307362899);
  private static final double F4 = square(12194.21714799801);

  private Weighting() {}

  /** Returns the A-weighting in dB, 0 at 1 kHz. */
  static double aDb(double hz) {
    return 20 * Math.log10(a(square(hz)) / a(1e6));
  }

  /** Returns the C-weighting in dB, 0 at 1 kHz. */
  static double cDb(double hz) {
    return 20 * Math.log10(c(square(hz)) / c(1e6));
  }

  /** Returns the exact midband frequency of the third-octave band of a nominal frequency. */
  static double exactHz(double nominalHz) {
    return 1000 * Math.pow(10, Math.round(10 * Math.log10(nominalHz / 1000)) / 10.0);
  }

  private static double a(double f2) {
    return f2 / Math.sqrt((f2 + F2) * (f2 + F3)) * c(f2);
  }

  private static double c(double f2) {
    return f2 / ((f2 + F1) * (f2 + F4));
  }

  private static double square(double value) {
    return value * value;
  }
}
