package dev.streetbox.driver;

/**
 * The Gas Index Algorithm's low pass: quick (20 s) while the index moves far, slow (500 s) while it
 * only trembles. Source and licence: META-INF/NOTICE. Used by one thread.
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
   * @param intervalS the time between two calls of {@link #next}
   */
  GasSmoother(float intervalS) {
    this.intervalS = intervalS;
    this.fastShare = intervalS / (FAST_S + intervalS);
    this.slowShare = intervalS / (SLOW_S + intervalS);
  }

  /** The smoothed value after the next one. */
  float next(float value) {
    if (!isStarted) {
      isStarted = true;
      fast = value;
      slow = value;
      smooth = value;
    }
    fast = (1 - fastShare) * fast + fastShare * value;
    slow = (1 - slowShare) * slow + slowShare * value;
    float calm = (float) Math.exp(SHARPNESS * Math.abs(fast - slow));
    float tauS = (SLOW_S - FAST_S) * calm + FAST_S;
    float share = intervalS / (intervalS + tauS);
    smooth = (1 - share) * smooth + share * value;
    return smooth;
  }
}
