package dev.streetbox.sound;

/**
 * Finds the peak of a sound between its samples, by interpolating at four times the rate (as ITU-R
 * BS.1770-5, annex 2) around those samples that are near the greatest one. The greatest sample of a
 * steady tone of 8 kHz may be 1.24 dB below its peak, at four times the rate 0.07 dB. Used by one
 * thread.
 */
final class TruePeak {
  private static final int TAPS = 16;
  private static final int BEFORE = TAPS / 2 - 1;
  private static final int AFTER = TAPS / 2;

  /** The least share of the greatest sample beside which a higher peak is looked for. */
  private static final double NEAR = 0.6;

  /** Shape of the Kaiser window: a ripple of 60 dB. */
  private static final double BETA = 5.65;

  private static final double[] QUARTER = filter(0.25);
  private static final double[] HALF = filter(0.5);
  private static final double[] THREE_QUARTERS = filter(0.75);

  private final double[] buffer;
  private int filled = BEFORE + AFTER;
  private double peak;

  /**
   * Makes a finder without sound.
   *
   * @param longest the most samples of one call of {@link #add}
   */
  TruePeak(int longest) {
    buffer = new double[BEFORE + AFTER + longest];
  }

  /** Adds the first samples of the array. */
  void add(double[] sound, int count) {
    if (filled + count > buffer.length) {
      interpolate();
    }
    System.arraycopy(sound, 0, buffer, filled, count);
    filled += count;
  }

  /** Returns the greatest magnitude since the last call. */
  double take() {
    interpolate();
    double taken = peak;
    peak = 0;
    return taken;
  }

  private void interpolate() {
    double highest = peak;
    int end = filled - AFTER;
    for (int i = BEFORE; i < end; i++) {
      double size = Math.abs(buffer[i]);
      if (size > highest) {
        highest = size;
      }
    }
    double near = NEAR * highest;
    for (int i = BEFORE; i < end; i++) {
      if (Math.max(Math.abs(buffer[i]), Math.abs(buffer[i + 1])) >= near) {
        highest = Math.max(highest, between(i));
      }
    }
    peak = highest;
    int kept = BEFORE + AFTER;
    System.arraycopy(buffer, filled - kept, buffer, 0, kept);
    filled = kept;
  }

  /** Returns the greatest interpolated magnitude between a sample and the next one. */
  private double between(int index) {
    double quarter = 0;
    double half = 0;
    double threeQuarters = 0;
    // One loop for all phases, because each sample is loaded once then.
    for (int tap = 0; tap < TAPS; tap++) {
      double sample = buffer[index - BEFORE + tap];
      quarter += QUARTER[tap] * sample;
      half += HALF[tap] * sample;
      threeQuarters += THREE_QUARTERS[tap] * sample;
    }
    return Math.max(Math.max(Math.abs(quarter), Math.abs(half)), Math.abs(threeQuarters));
  }

  /**
   * Returns the windowed sinc of an instant between two samples.
   *
   * @param phase the time since the first of them, as a share of the interval
   */
  private static double[] filter(double phase) {
    double[] filter = new double[TAPS];
    for (int tap = 0; tap < TAPS; tap++) {
      double x = tap - BEFORE - phase;
      double share = x / AFTER;
      double window = bessel(BETA * Math.sqrt(Math.max(0, 1 - share * share))) / bessel(BETA);
      filter[tap] = Math.sin(Math.PI * x) / (Math.PI * x) * window;
    }
    return filter;
  }

  /** Returns the modified Bessel function of order 0. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-12 * sum; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }
}
