package dev.streetbox.driver;

/**
 * Smooths the index by the Gas Index Algorithm's adaptive low pass: 20 s while the index changes
 * much, 500 s while it changes little. Source and licence: META-INF/NOTICE. Used by one thread.
 */
final class GasSmoother {
  private static final float FAST_S = 20;
  private static final float SLOW_S = 500;
  private static final float SHARPNESS = -0.2f;

  private final float intervalS;
  private final float fastShare;
  private final float slowShare;
  private boolean isStarted;
  private float fast;
  private float slow;
  private float smooth;

  /**
   * Creates a smoother that has no value yet.
   *
   * @param intervalS the time between two calls of {@link #next}, s
   */
  GasSmoother(float intervalS) {
    this.intervalS = intervalS;
    this.fastShare = intervalS / (FAST_S + intervalS);
    this.slowShare = intervalS / (SLOW_S + intervalS);
  }

  /** Returns the smoothed value after the next value. */
  float next(float value) {
    if (!isStarted) {
      isStarted = true;
      fast = value;
      slow = value;
      smooth = value;
    }
    fast = (1 - fastShare) * fast + fastShare * value;
    slow = (1 - slowShare) * slow + slowShare * value;
    float slowWeight = (float) Math.exp(SHARPNESS * Math.abs(fast - slow));
    float tauS = (SLOW_S - FAST_S) * slowWeight + FAST_S;
    float share = intervalS / (intervalS + tauS);
    smooth = (1 - share) * smooth + share * value;
    return smooth;
  }
}
