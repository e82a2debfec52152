package dev.streetbox.sound;

/**
 * Measures as an integrating-averaging sound level meter (IEC 61672-1): frequency weightings A and
 * C, time weighting F, equivalent continuous levels and peak level, from samples of full scale ±1.
 * The filters run on across the ends of intervals. A constant offset is removed. Used by one
 * thread.
 */
public final class SoundMeter {
  private final int rateHz;
  private final FrequencyWeighting weighting;
  private final TimeWeighting fast;
  private final double[] weightedA;
  private final double[] weightedC;
  private final TruePeak peak;
  private double blockSquares;
  private double lastC;
  private long blockCrossings;
  private long blockSamples;
  private double squares;
  private double peakC;
  private long crossings;
  private long samples;

  /**
   * Makes a meter whose filters' state is 0.
   *
   * @param rateHz 48000, 44100, 32000 or 16000
   * @param longest the most samples of one call of {@link #add}
   */
  public SoundMeter(int rateHz, int longest) {
    this.rateHz = rateHz;
    this.weighting = new FrequencyWeighting(rateHz);
    this.fast = new TimeWeighting(TimeWeighting.FAST_S, rateHz);
    this.weightedA = new double[longest];
    this.weightedC = new double[longest];
    this.peak = new TruePeak(longest);
  }

  /** Adds the first samples of the array. */
  public void add(double[] sound, int count) {
    weighting.apply(sound, count, weightedA, weightedC);
    fast.add(weightedA, count);
    peak.add(weightedC, count);
    double total = blockSquares;
    long lastBits = Double.doubleToRawLongBits(lastC);
    long changes = 0;
    for (int i = 0; i < count; i++) {
      double value = weightedC[i];
      total += value * value;
      // The sign bit differs at a zero crossing, so crossings are counted without a branch.
      long bits = Double.doubleToRawLongBits(value);
      changes += (bits ^ lastBits) >>> 63;
      lastBits = bits;
    }
    blockSquares = total;
    lastC = Double.longBitsToDouble(lastBits);
    blockCrossings += changes;
    blockSamples += count;
  }

  /**
   * Returns the samples since the last call as a block, and begins a new one; at least one sample
   * was added.
   */
  SoundBlock endBlock() {
    double blockPeak = peak.take();
    SoundBlock block =
        new SoundBlock(
            powerDb(blockSquares / blockSamples),
            powerDb(blockPeak * blockPeak),
            blockCrossings / 2.0 * rateHz / blockSamples);
    squares += blockSquares;
    peakC = Math.max(peakC, blockPeak);
    crossings += blockCrossings;
    samples += blockSamples;
    blockSquares = 0;
    blockCrossings = 0;
    blockSamples = 0;
    return block;
  }

  /** Returns the present A-weighted level with time weighting F, in dB relative to full scale. */
  double fastDb() {
    return powerDb(fast.timeWeighted());
  }

  /**
   * Returns the levels since the last call, in dB relative to full scale, and begins a new
   * interval.
   */
  public SoundLevels take() {
    if (blockSamples > 0) {
      endBlock();
    }
    SoundLevels levels =
        new SoundLevels(
            powerDb(fast.meanSquare()),
            powerDb(squares / samples),
            powerDb(fast.maximum()),
            powerDb(fast.minimum()),
            powerDb(peakC * peakC),
            crossings / 2.0 * rateHz / samples);
    fast.restart();
    begin();
    return levels;
  }

  /**
   * Discards the samples since the last {@link #take}, after setting time weighting F to their
   * mean.
   */
  void settle() {
    if (blockSamples > 0) {
      endBlock();
    }
    fast.settle();
    begin();
  }

  private void begin() {
    squares = 0;
    peakC = 0;
    crossings = 0;
    samples = 0;
  }

  private static double powerDb(double meanSquare) {
    return 10 * Math.log10(meanSquare);
  }
}
