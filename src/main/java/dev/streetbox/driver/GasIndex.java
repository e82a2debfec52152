package dev.streetbox.driver;

import java.time.Duration;
import java.util.Optional;

/**
 * Sensirion's Gas Index Algorithm: from the raw signal of an SGP40 or SGP41 to an index of 1 to 500
 * that compares the air with its own past day (100 is the usual for VOC, 1 for NOx). Source:
 * Sensirion's published algorithm, version 3.2, BSD 3-clause, see META-INF/NOTICE; all arithmetic
 * is in float as there, so that the results are the same.
 *
 * <p>It cannot see a dead part: a raw value that stands still converges to perfect air, and one
 * outside 1 to 64999 repeats the one before. The driver judges the raw value. Used by one thread.
 */
public final class GasIndex {
  /** What the raw signal stands for; the algorithm's constants that differ. */
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
     * @param tellsAfterS how long it must learn before it tells unusual air, see {@link #learning}
     */
    Gas(
        float offset,
        int rawMinimum,
        float middle,
        float slope,
        float tellsAfterS,
        GasBaseline.Pace pace) {
      this.offset = offset;
      this.rawMinimum = rawMinimum;
      this.middle = middle;
      this.slope = slope;
      this.learnedAfterS = tellsAfterS;
      this.pace = pace;
    }
  }

  /**
   * What was learned, to be kept across a restart.
   *
   * @param mean the usual raw signal above the gas's minimum, in ticks
   * @param std how far it usually strays, in the algorithm's own measure
   */
  public record State(float mean, float std) {
    /**
     * @throws IllegalArgumentException if no signal can have taught it
     */
    public State {
      if (!(mean > 0 && mean <= RAW_SPAN && std > 0 && std <= RAW_SPAN)) {
        throw new IllegalArgumentException(
            "no state of a gas index: mean " + mean + ", std " + std);
      }
    }
  }

  /** How old a state may be: afterwards the air is another (Sensirion, set_states). */
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
   * The index after the next raw value; call it once per interval, without gaps.
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

  /** Whether a raw value can be one; {@link #next} takes any other for a repetition. */
  static boolean accepts(int raw) {
    return raw > 0 && raw < RAW_LIMIT;
  }

  /**
   * Whether unusual air of some minutes could not be told yet: the index is absent, or near the
   * usual whatever the air is. That is so for VOC in its first 45 minutes, while its mean follows
   * any signal within 20 s, and not once a state was restored; for NOx in its first 20, the time
   * constant that its mean begins with, in which its pixel settles too (63 % in 250 s).
   *
   * <p>Both are within specification only later: VOC after an hour or more, NOx after six, until
   * when it reads low (two minutes of exhaust by a quarter). If that counted, a box that is
   * switched off several times a day would hardly ever be believed.
   */
  public boolean learning() {
    return index == 0 || baseline.uptimeS() < gas.learnedAfterS;
  }

  /**
   * What was learned, once it is worth keeping: for VOC, after three hours. Not before the first
   * index: a state that was restored is no younger before something was added to it.
   */
  public Optional<State> state() {
    if (gas != Gas.VOC || index == 0 || baseline.uptimeS() < STATE_UPTIME_S) {
      return Optional.empty();
    }
    return Optional.of(new State(baseline.mean(), baseline.std()));
  }

  /**
   * Goes on from what was learned before a restart, as if for three hours. The first 45 s stay
   * without an index.
   *
   * @param gap the time between the state's last value and now
   * @return whether it was taken: not for NOx, not after more than {@link #STATE_LIFE}, and not
   *     once there is an index of its own
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

  /** The index before scaling and smoothing, for tests against the reference's own value. */
  float value() {
    return index;
  }

  /** How far the signal is from the usual, in strays; more gas is above 0. */
  private float deviation() {
    float distance = signal - baseline.mean();
    return gas == Gas.VOC
        ? distance / (-1 * (baseline.std() + STD_BONUS_VOC)) * GAIN
        : distance / STD_NOX * GAIN;
  }

  /** An S curve through the gas's usual index at 0. */
  private float scaled(float deviation) {
    float exponent = gas.slope * (deviation - gas.middle);
    if (exponent < -50) {
      return TOP;
    }
    if (exponent > 50) {
      return 0;
    }
    float share = (float) Math.exp(exponent);
    if (deviation < 0) {
      return TOP / (1 + share);
    }
    float shift = gas == Gas.VOC ? (TOP - 5 * gas.offset) / 4 : TOP / 499 * (1 - gas.offset);
    return (TOP + shift) / (1 + share) - shift;
  }
}
