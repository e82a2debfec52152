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
  private final long moveLimit;
  private long variation;
  private long moves;
  private long steps;
  private int peak;

  /**
   * Makes a channel without samples.
   *
   * @param index 0 for left, 1 for right
   * @param floorRms the rms of the least noise of a microphone, as a share of full scale
   */
  Channel(int index, double floorRms) {
    this.index = index;
    this.moveLimit = Math.max(1, Math.round(floorRms * 0x1p31));
  }

  /** Adds the channel's samples of the first frames, at least one. */
  void add(int[] samples, int frames) {
    int before = begun ? last : samples[index];
    long total = variation;
    long moved = moves;
    int highest = peak;
    for (int i = index; i < 2 * frames; i += 2) {
      int sample = samples[i];
      long step = Math.abs((long) sample - before);
      total += step;
      // The sign bit is set where the step is above the limit, so steps are counted without a
      // branch.
      moved += (moveLimit - step) >>> 63;
      before = sample;
      highest = Math.max(highest, sample < 0 ? ~sample : sample);
    }
    begun = true;
    last = before;
    variation = total;
    moves = moved;
    steps += frames;
    peak = highest;
  }

  /**
   * Returns whether since the last call more than a quarter of the samples differed from the one
   * before by more than a microphone's least noise; single clicks and a toggling lowest bit do not.
   */
  boolean takeMoving() {
    boolean moving = 4 * moves > steps;
    moves = 0;
    steps = 0;
    return moving;
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
