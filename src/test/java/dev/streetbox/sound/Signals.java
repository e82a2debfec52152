package dev.streetbox.sound;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * Generates sound for tests: samples of full scale ±1, or 32-bit samples by the number of the
 * frame.
 */
public final class Signals {
  private static final double WORD_SCALE = 0x1p31;

  private Signals() {}

  /** Generates a sine of that rms, in dB relative to full scale (rms 1.0). */
  public static double[] sine(double hz, double rmsDbfs, int rateHz, double seconds) {
    double[] samples = new double[(int) Math.round(seconds * rateHz)];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = Math.sqrt(2) * amount(rmsDbfs) * Math.sin(2 * Math.PI * hz * n / rateHz);
    }
    return samples;
  }

  /** Generates Gaussian white noise of that rms. */
  static double[] white(SplittableRandom random, double rmsDbfs, int count) {
    double[] samples = new double[count];
    for (int n = 0; n < count; n++) {
      samples[n] = amount(rmsDbfs) * random.nextGaussian();
    }
    return samples;
  }

  /**
   * Generates pink noise of about that rms: white noise through first-order low passes, an octave
   * apart.
   */
  public static double[] pink(SplittableRandom random, double rmsDbfs, int count) {
    double[] samples = new double[count];
    for (int octave = 0; octave < 11; octave++) {
      double pole = Math.exp(-2 * Math.PI * 12 * (1 << octave) / 48_000);
      double state = 0;
      for (int n = 0; n < count; n++) {
        state = pole * state + Math.sqrt(1 - pole * pole) * random.nextGaussian();
        samples[n] += amount(rmsDbfs) * state / Math.sqrt(11);
      }
    }
    return samples;
  }

  /** Repeats the samples as 32-bit samples. */
  public static IntUnaryOperator words(double[] samples) {
    int[] words = new int[samples.length];
    for (int n = 0; n < words.length; n++) {
      words[n] = (int) (samples[n] * WORD_SCALE); // clips, as a converter does
    }
    return n -> words[n % words.length];
  }

  /** Repeats a second of a sine; the frequency is a whole number. */
  public static IntUnaryOperator tone(int hz, double rmsDbfs) {
    return words(sine(hz, rmsDbfs, 48_000, 1));
  }

  private static double amount(double db) {
    return Math.pow(10, db / 20);
  }
}
