package dev.streetbox.sound;

/**
 * Measures the variation and the peak of one channel of a stereo capture's raw samples. A working
 * microphone never repeats a value for long, because its self-noise changes the lowest bits. Used
 * by one thread.
 */
final class Channel {
  private final int index;
  private boolean begun;
  private int last;
  private long variation;
  private int peak;

  /**
   * Makes a channel without samples.
   *
   * @param index 0 for left, 1 for right
   */
  Channel(int index) {
    this.index = index;
  }

  /** Adds the channel's samples of the first frames, at least one. */
  void add(int[] samples, int frames) {
    int before = begun ? last : samples[index];
    long total = variation;
    int highest = peak;
    for (int i = index; i < 2 * frames; i += 2) {
      int sample = samples[i];
      total += Math.abs((long) sample - before);
      before = sample;
      highest = Math.max(highest, sample < 0 ? ~sample : sample);
    }
    begun = true;
    last = before;
    variation = total;
    peak = highest;
  }

  /** Copies the channel's samples of the first frames, scaled to full scale ±1. */
  void copy(int[] samples, int frames, double[] sound) {
    for (int i = 0; i < frames; i++) {
      sound[i] = samples[2 * i + index] * 0x1p-31;
    }
  }

  /**
   * Returns the total variation since the last call (sum of the magnitudes of all steps, in units
   * of the lowest bit); 0 if all samples were equal.
   */
  long takeVariation() {
    long total = variation;
    variation = 0;
    return total;
  }

  /** Returns the greatest magnitude since the last call, as a share of full scale. */
  double takePeak() {
    double share = peak * 0x1p-31;
    peak = 0;
    return share;
  }
}
