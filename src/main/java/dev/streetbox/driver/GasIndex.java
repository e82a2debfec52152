package dev.streetbox.driver;

import java.time.Duration;
import java.util.Optional;

/**
 * Computes Sensirion's gas index, 1 to 500, from the raw signal of an SGP40 or SGP41: the index
 * compares the air with the past day's (average air is 100 for VOC, 1 for NOx). Source: Sensirion's
 * published algorithm, version 3.2, BSD 3-clause, see META-INF/NOTICE; all arithmetic is in float
 * as in the reference, so that the results are the same.
 *
 * <p>The algorithm cannot detect a broken part: a constant raw value converges to clean air, and
 * one outside 1 to 64999 repeats the one before. So the driver checks the raw value. Used by one
 * thread.
 */
public final class GasIndex {
  /** Names the gas of a raw signal and holds the algorithm's constants for it. */
  public enum Gas {
    /** Volatile organic compounds: the signal falls as they rise. */
    VOC(100, 20_000, 213, -0.0065f, 2700, GasBaseline.Pace.VOC),
    /** Nitrogen oxides: the signal rises with them. */
    NOX(1, 10_000, 614, -0.0101f, 1200, GasBaseline.Pace.NOX);

    private final float offset;
    private final int rawMinimum;
    private final float middle;
    private final float slope;
    private final float learnedAfterS;
    private final GasBaseline.Pace pace;

    /**
     * Keeps the constants.
     *
     * @param learnedAfterS how long the index learns before it shows unusual air, s; see {@link
     *     #learning}
     */
    Gas(
        float offset,
        int rawMinimum,
        float middle,
        float slope,
        float learnedAfterS,
        GasBaseline.Pace pace) {
      this.offset = offset;
      this.rawMinimum = rawMinimum;
      this.middle = middle;
      this.slope = slope;
      this.learnedAfterS = learnedAfterS;
      this.pace = pace;
    }
  }

  /**
   * Holds the learned baseline, to be kept across a restart.
   *
   * @param mean the mean raw signal above the gas's minimum, in ticks
   * @param std the signal's standard deviation, in the algorithm's own measure
   */
  public record State(float mean, float std) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if no signal can lead to this state
     */
    public State {
      if (!(mean > 0 && mean <= RAW_SPAN && std > 0 && std <= RAW_SPAN)) {
        throw new IllegalArgumentException(
            "no state of a gas index: mean " + mean + ", std " + std);
      }
    }
  }

  /** Greatest age of a state that may be restored (Sensirion, set_states). */
  public static final Duration STATE_LIFE = Duration.ofMinutes(10);

  private static final float BLACKOUT_S = 45;
  private static final float STATE_UPTIME_S = 10_800;
  private static final int RAW_SPAN = 32_767;
  private static final int RAW_LIMIT = 65_000;
  private static final float GAIN = 230;
  private static final float STD_BONUS_VOC = 220;
  private static final float STD_NOX = 2000;
  private static final float TOP = 500;

  private final Gas gas;
  private final float intervalS;
  private final GasBaseline baseline;
  private final GasSmoother smoother;
  private float uptimeS;
  private float signal;
  private float index;

  /**
   * Creates an index that has learned nothing.
   *
   * @param interval the time between two calls of {@link #next}: 1 s, or 10 s for a part that
   *     sleeps between readings
   */
  public GasIndex(Gas gas, Duration interval) {
    this.gas = gas;
    this.intervalS = interval.toMillis() / 1000f;
    this.baseline = new GasBaseline(gas.pace, intervalS);
    this.smoother = new GasSmoother(intervalS);
  }

  /**
   * Returns the index after the next raw value; to be called once per interval, without gaps.
   *
   * @param raw the part's raw signal in ticks, 0 to 65535
   * @return 1 to 500, or 0 during the first 45 s, when there is none
   */
  public int next(int raw) {
    if (inBlackout()) {
      uptimeS += intervalS;
      return 0;
    }
    if (accepts(raw)) {
      signal = Math.min(Math.max(raw - gas.rawMinimum, 1), RAW_SPAN);
    }
    boolean comparable = gas == Gas.VOC || baseline.isStarted();
    float momentary = comparable ? scaled(deviation()) : gas.offset;
    index = Math.max(0.5f, smoother.next(momentary));
    if (signal > 0) {
      baseline.learn(signal, index);
    }
    return (int) (index + 0.5f);
  }

  /** Returns whether a raw value is valid; {@link #next} takes any other for a repetition. */
  private static boolean accepts(int raw) {
    return raw > 0 && raw < RAW_LIMIT;
  }

  /**
   * Returns whether the algorithm distinguishes a raw value from lower ones: it limits VOC to
   * 52,767 ticks and NOx to 42,767, above which every signal gives the same index.
   */
  static boolean resolves(Gas gas, int raw) {
    return raw > 0 && raw <= gas.rawMinimum + RAW_SPAN;
  }

  /**
   * Returns whether the index cannot show unusual air of some minutes yet, because the index is
   * absent or near the average for any air. For VOC this is so in the first 45 minutes, while the
   * mean follows any signal within 20 s, and not after a state was restored; for NOx in the first
   * 20 minutes, the first time constant of the mean, in which the pixel settles too (63 % in 250
   * s).
   *
   * <p>Both indices are within specification only later: VOC after an hour or more, NOx after six
   * hours, until when the NOx index is low (two minutes of exhaust by a quarter). These times do
   * not count here, because a box that is switched off several times a day would nearly always be
   * flagged.
   */
  public boolean learning() {
    return index == 0 || baseline.uptimeS() < gas.learnedAfterS;
  }

  /**
   * Returns the learned state: for VOC, after three hours of learning. Empty before the first
   * index, because a restored state to which nothing was added must not appear younger than it is.
   */
  public Optional<State> state() {
    if (gas != Gas.VOC || index == 0 || baseline.uptimeS() < STATE_UPTIME_S) {
      return Optional.empty();
    }
    return Optional.of(new State(baseline.mean(), baseline.std()));
  }

  /**
   * Continues from a state learned before a restart, as if learned for three hours. The first 45 s
   * stay without an index.
   *
   * @param gap the time between the state's last value and now
   * @return whether the state was restored: not for NOx, not after more than {@link #STATE_LIFE},
   *     and not once this object has an index
   */
  public boolean restore(State state, Duration gap) {
    if (gas != Gas.VOC || index > 0 || gap.isNegative() || gap.compareTo(STATE_LIFE) > 0) {
      return false;
    }
    baseline.resume(state.mean(), state.std(), STATE_UPTIME_S);
    signal = state.mean();
    return true;
  }

  private boolean inBlackout() {
    return uptimeS <= BLACKOUT_S;
  }

  /** Returns the index before rounding, for tests against the reference's own value. */
  float value() {
    return index;
  }

  /**
   * Returns the signal's distance from the mean, scaled by the standard deviation; more gas is
   * above 0.
   */
  private float deviation() {
    float distance = signal - baseline.mean();
    return gas == Gas.VOC
        ? distance / (-1 * (baseline.std() + STD_BONUS_VOC)) * GAIN
        : distance / STD_NOX * GAIN;
  }

  /**
   * Returns the index of a deviation by a sigmoid through the gas's average index at 0. The
   * reference's shift for another average index is 0 here, and its limits at exponents of ±50
   * change nothing that a float can hold.
   */
  private float scaled(float deviation) {
    return TOP / (1 + (float) Math.exp(gas.slope * (deviation - gas.middle)));
  }
}
