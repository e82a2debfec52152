package dev.streetbox.driver;

/**
 * Estimates mean and standard deviation of a raw signal for the Gas Index Algorithm: with short
 * time constants at first, with 12 hours later, and hardly at all while the index is high. Source
 * and licence: META-INF/NOTICE. Used by one thread.
 */
final class GasBaseline {
  /** Holds the constants that differ between the gases. */
  enum Pace {
    /** For VOC. */
    VOC(20, 2700, 5220, 340, 180),
    /** For NOx. */
    NOX(1200, 17_100, 20_520, 30, 720);

    private final float firstMeanTauS;
    private final float meanLearnedS;
    private final float stdLearnedS;
    private final float gate;
    private final float gateLimitMinutes;

    /**
     * Keeps the constants.
     *
     * @param firstMeanTauS the time constant of the mean at first, s
     * @param meanLearnedS the uptime at which the mean goes over to 12 hours, s
     * @param stdLearnedS the uptime at which the standard deviation goes over to 12 hours, s
     * @param gate the index above which learning stops
     * @param gateLimitMinutes the longest time that a high index stops learning
     */
    Pace(
        float firstMeanTauS,
        float meanLearnedS,
        float stdLearnedS,
        float gate,
        float gateLimitMinutes) {
      this.firstMeanTauS = firstMeanTauS;
      this.meanLearnedS = meanLearnedS;
      this.stdLearnedS = stdLearnedS;
      this.gate = gate;
      this.gateLimitMinutes = gateLimitMinutes;
    }
  }

  private static final float TAU_HOURS = 12;
  private static final float FIRST_STD = 50;
  private static final float FIRST_STD_TAU_S = 2500;
  private static final float FIRST_GATE = 510;
  private static final float LEARNED_STEEPNESS = 0.01f;
  private static final float GATE_STEEPNESS = 0.09f;
  private static final float GATE_RATIO = 0.3f;
  private static final float SCALE = 64;
  private static final float MEAN_SCALE = 8;
  private static final float RECENTRE = 100;

  private final Pace pace;
  private final float intervalS;
  private final float meanRate;
  private final float firstMeanRate;
  private final float stdRate;
  private final float firstStdRate;
  private boolean isStarted;
  private float offset;
  private float mean;
  private float std = FIRST_STD;
  private float uptimeS;
  private float gateUptimeS;
  private float gatedMinutes;

  /**
   * Creates a baseline that has learned nothing.
   *
   * @param intervalS the time between two calls of {@link #learn}, s
   */
  GasBaseline(Pace pace, float intervalS) {
    this.pace = pace;
    this.intervalS = intervalS;
    float intervalHours = intervalS / 3600;
    meanRate = MEAN_SCALE * SCALE * intervalHours / (TAU_HOURS + intervalHours);
    stdRate = SCALE * intervalHours / (TAU_HOURS + intervalHours);
    firstMeanRate = MEAN_SCALE * SCALE * intervalS / (pace.firstMeanTauS + intervalS);
    firstStdRate = SCALE * intervalS / (FIRST_STD_TAU_S + intervalS);
  }

  /** Returns whether a signal was learned, or a state resumed. */
  boolean isStarted() {
    return isStarted;
  }

  /** Returns the mean signal, in ticks above the gas's minimum. */
  float mean() {
    return mean + offset;
  }

  /** Returns the standard deviation of the signal, in ticks. */
  float std() {
    return std;
  }

  /** Returns the time of learning in seconds. */
  float uptimeS() {
    return uptimeS;
  }

  /** Continues from an earlier mean, standard deviation and time of learning. */
  void resume(float knownMean, float knownStd, float knownUptimeS) {
    isStarted = true;
    mean = knownMean;
    std = knownStd;
    uptimeS = knownUptimeS;
  }

  /**
   * Updates mean and standard deviation by one signal.
   *
   * @param signal ticks above the gas's minimum
   * @param index the index of that signal; the higher, the less it changes the mean
   */
  void learn(float signal, float index) {
    if (!isStarted) {
      isStarted = true;
      offset = signal;
      mean = 0;
      return;
    }
    if (mean >= RECENTRE || mean <= -RECENTRE) {
      // A small mean keeps the precision of float for the small steps added to it.
      offset += mean;
      mean = 0;
    }
    countUptime();
    float meanStep = meanLearning();
    float meanOpen = gateOpening(index, pace.meanLearnedS);
    float stdStep = stdLearning();
    float stdOpen = gateOpening(index, pace.stdLearnedS);
    countGated(meanOpen);
    update(signal - offset, meanOpen * meanStep, stdOpen * stdStep);
  }

  private void countUptime() {
    uptimeS += intervalS;
    gateUptimeS += intervalS;
  }

  private float meanLearning() {
    float first = fallingSigmoid(uptimeS, pace.meanLearnedS, LEARNED_STEEPNESS);
    return meanRate + (firstMeanRate - meanRate) * first;
  }

  private float stdLearning() {
    float meanFirst = fallingSigmoid(uptimeS, pace.meanLearnedS, LEARNED_STEEPNESS);
    float stdFirst = fallingSigmoid(uptimeS, pace.stdLearnedS, LEARNED_STEEPNESS);
    return stdRate + (firstStdRate - stdRate) * (stdFirst - meanFirst);
  }

  /** Returns the opening of the gate, 0 to 1: open for a low index, and for any at first. */
  private float gateOpening(float index, float learnedS) {
    float first = fallingSigmoid(gateUptimeS, learnedS, LEARNED_STEEPNESS);
    float gate = pace.gate + (FIRST_GATE - pace.gate) * first;
    return fallingSigmoid(index, gate, GATE_STEEPNESS);
  }

  private void countGated(float open) {
    gatedMinutes += intervalS / 60 * ((1 - open) * (1 + GATE_RATIO) - GATE_RATIO);
    gatedMinutes = Math.max(0, gatedMinutes);
    if (gatedMinutes > pace.gateLimitMinutes) {
      // Air that stays so long is taken as the new usual air, so the gate opens as at first.
      gateUptimeS = 0;
    }
  }

  private void update(float signal, float meanGamma, float stdGamma) {
    float delta = (signal - mean) / SCALE;
    // Sensirion scales here against an overflow of fixed point, which no signal of 15 bits reaches.
    std = root(SCALE - stdGamma) * root(std * (std / SCALE) + stdGamma * delta * delta);
    mean += meanGamma * delta / MEAN_SCALE;
  }

  private static float root(float value) {
    return (float) Math.sqrt(value);
  }

  /** Returns a sigmoid that falls from 1 to 0 around a middle. */
  private static float fallingSigmoid(float at, float middle, float steepness) {
    return 1 / (1 + (float) Math.exp(steepness * (at - middle)));
  }
}
