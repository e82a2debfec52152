package dev.streetbox.sound;

/**
 * Measures as an integrating-averaging sound level meter (IEC 61672-1): frequency weightings A and
 * C, time weighting F, equivalent continuous levels and peak level, from samples of full scale ±1.
 * One run through all sound, never reset at an interval's edge: its filters remember. Constant
 * offsets do not pass. Used by one thread.
 */
public final class SoundMeter {
  private final int rateHz;
  private final FrequencyWeighting weighting;
  private final TimeWeighting fast;
  private final double[] weightedA;
  private final double[] weightedC;
  private double squaresC;
  private double peakC;
  private double lastC;
  private long crossings;
  private long samples;

  /**
   * @param rateHz 48000, 44100, 32000 or 16000
   * @param longest the most samples that one {@link #add} brings
   */
  public SoundMeter(int rateHz, int longest) {
    this.rateHz = rateHz;
    this.weighting = new FrequencyWeighting(rateHz);
    this.fast = new TimeWeighting(TimeWeighting.FAST_S, rateHz);
    this.weightedA = new double[longest];
    this.weightedC = new double[longest];
  }

  /** Hears the first samples of the array. */
  public void add(double[] sound, int count) {
    weighting.apply(sound, count, weightedA, weightedC);
    fast.add(weightedA, count);
    double squares = squaresC;
    double peak = peakC;
    long lastBits = Double.doubleToRawLongBits(lastC);
    long changes = 0;
    for (int i = 0; i < count; i++) {
      double value = weightedC[i];
      squares += value * value;
      double size = Math.abs(value);
      if (size > peak) {
        peak = size;
      }
      // The sign bit differs at a zero crossing; counted without a branch.
      long bits = Double.doubleToRawLongBits(value);
      changes += (bits ^ lastBits) >>> 63;
      lastBits = bits;
    }
    squaresC = squares;
    peakC = peak;
    lastC = Double.longBitsToDouble(lastBits);
    crossings += changes;
    samples += count;
  }

  /** The A-weighted level with time weighting F now, in dB relative to full scale. */
  double fastDb() {
    return powerDb(fast.timeWeighted());
  }

  /** The levels of all that was heard since the last call, in dB relative to full scale. */
  public SoundLevels take() {
    SoundLevels levels =
        new SoundLevels(
            powerDb(fast.meanSquare()),
            powerDb(squaresC / samples),
            powerDb(fast.maximum()),
            powerDb(fast.minimum()),
            powerDb(peakC * peakC),
            crossings / 2.0 * rateHz / samples);
    fast.restart();
    begin();
    return levels;
  }

  /** Forgets what was heard since the last {@link #take}, but lets F start at its mean. */
  void settle() {
    fast.settle();
    begin();
  }

  private void begin() {
    squaresC = 0;
    peakC = 0;
    crossings = 0;
    samples = 0;
  }

  private static double powerDb(double meanSquare) {
    return 10 * Math.log10(meanSquare);
  }
}
