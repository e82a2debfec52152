package dev.streetbox.simulate;

import java.util.SplittableRandom;

/**
 * Holds one second of periodic noise: a tone in each third of an octave from 31.5 Hz to 16 kHz with
 * the spectrum of road traffic and phases from the seed. Immutable.
 */
final class TrafficNoise {
  static final int RATE_HZ = 48_000;

  private static final int LOWEST_THIRD = -15; // of 1 kHz
  private static final int HIGHEST_THIRD = 12;

  // The poles of the A-weighting, IEC 61672-1:2013 annex E, in Hz.
  private static final double POLE_1 = 20.599;
  private static final double POLE_2 = 107.653;
  private static final double POLE_3 = 737.862;
  private static final double POLE_4 = 12_194.217;

  private final float[] second = new float[RATE_HZ];

  /** Makes the noise of one seed. */
  TrafficNoise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double weighted = 0;
    for (int third = LOWEST_THIRD; third <= HIGHEST_THIRD; third++) {
      // A whole number, so that the second can be repeated without a jump.
      double hz = Math.rint(1_000 * Math.pow(10, third / 10.0));
      double amplitude = Math.pow(10, trafficDb(hz) / 20);
      add(hz, amplitude, 2 * Math.PI * random.nextDouble());
      weighted += Math.pow(amplitude * weightA(hz), 2) / 2;
    }
    float scale = (float) (1 / Math.sqrt(weighted));
    for (int i = 0; i < RATE_HZ; i++) {
      second[i] *= scale;
    }
  }

  /** Returns the sample of a frame, counted from 0; the A-weighted rms of all is 1. */
  double sound(long frame) {
    return second[(int) (frame % RATE_HZ)];
  }

  /** Returns the gain of the A-weighting, 1 at 1 kHz: IEC 61672-1:2013, equation (E.6). */
  static double weightA(double hz) {
    return unscaledA(hz) / unscaledA(1_000);
  }

  private static double unscaledA(double hz) {
    double f = hz * hz;
    return POLE_4
        * POLE_4
        * f
        * f
        / ((f + POLE_1 * POLE_1)
            * Math.sqrt((f + POLE_2 * POLE_2) * (f + POLE_3 * POLE_3))
            * (f + POLE_4 * POLE_4));
  }

  /** Returns the spectrum's level: flat up to 1 kHz, then falling by 6 dB per octave. */
  private static double trafficDb(double hz) {
    return -20 * Math.log10(Math.max(1, hz / 1_000.0));
  }

  private void add(double hz, double amplitude, double phase) {
    for (int i = 0; i < RATE_HZ; i++) {
      second[i] += (float) (amplitude * Math.sin(2 * Math.PI * hz * i / RATE_HZ + phase));
    }
  }
}
