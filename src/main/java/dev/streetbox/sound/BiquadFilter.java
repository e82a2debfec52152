package dev.streetbox.sound;

/**
 * Filters samples with one {@link Biquad} (transposed direct form II), in double. Used by one
 * thread.
 */
final class BiquadFilter {
  private final Biquad biquad;
  private double state1;
  private double state2;

  /** Makes a filter whose state is 0. */
  BiquadFilter(Biquad biquad) {
    this.biquad = biquad;
  }

  /** Filters the first samples of the array in place, continuing from the previous call. */
  void apply(double[] sound, int count) {
    double b0 = biquad.b0();
    double b1 = biquad.b1();
    double b2 = biquad.b2();
    double a1 = biquad.a1();
    double a2 = biquad.a2();
    double s1 = state1;
    double s2 = state2;
    for (int i = 0; i < count; i++) {
      double in = sound[i];
      double out = b0 * in + s1;
      s1 = b1 * in - a1 * out + s2;
      s2 = b2 * in - a2 * out;
      sound[i] = out;
    }
    state1 = s1;
    state2 = s2;
  }
}
