package dev.streetbox.sound;

/**
 * One channel of a stereo capture, as raw words: whether it moves at all, and how far from 0 it
 * was. A microphone that is alive never repeats a value for long: its own noise moves the lowest
 * bits. Used by one thread.
 */
final class Channel {
  private final int index;
  private boolean begun;
  private int last;
  private long variation;
  private int peak;

  /**
   * @param place 0 for left, 1 for right
   */
  Channel(int place) {
    this.index = place;
  }

  /** Looks at the first frames of the words, at least one. */
  void add(int[] words, int frames) {
    int before = begun ? last : words[index];
    long way = variation;
    int highest = peak;
    for (int i = index; i < 2 * frames; i += 2) {
      int word = words[i];
      way += Math.abs((long) word - before);
      before = word;
      highest = Math.max(highest, word < 0 ? ~word : word);
    }
    begun = true;
    last = before;
    variation = way;
    peak = highest;
  }

  /** Writes the samples of the first frames, full scale ±1. */
  void copy(int[] words, int frames, double[] sound) {
    for (int i = 0; i < frames; i++) {
      sound[i] = words[2 * i + index] * 0x1p-31;
    }
  }

  /** The sum of all steps since the last call: 0 if it never moved. */
  long takeVariation() {
    long way = variation;
    variation = 0;
    return way;
  }

  /** The greatest distance from 0 since the last call, as a share of full scale. */
  double takePeak() {
    double share = peak * 0x1p-31;
    peak = 0;
    return share;
  }
}
