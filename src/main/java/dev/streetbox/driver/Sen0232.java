package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Drives a DFRobot SEN0232 sound level meter at an {@link Ads1115}: A-weighted level with time
 * weighting F, ± 1.5 dB, as a voltage of 0.6 to 2.6 V for 30 to 130 dB (DFRobot wiki, SEN0232).
 *
 * <p>The converter works at ± 4.096 V, so that one code is 0.00625 dB, and at 860 conversions a
 * second, because the time weighting F has already smoothed the level and a wait of 1.4 ms leaves
 * the bus to other parts.
 *
 * <p>A second of readings is reduced to their energy mean, LAEQ, within 0.3 dB of the true LAeq
 * while the level changes slowly. LAFMAX is given in mode {@link Mode#FAST} only: F falls by 4.34
 * dB in 125 ms, so that the maximum of readings 62.5 ms apart may be 2.2 dB too low (2.0 dB for an
 * event of 10 ms, 1.6 dB for 50 ms, 0.5 dB for 200 ms), and of readings 8 ms apart 0.28 dB.
 *
 * <p>Flags: NOISE_FLOOR within the tolerance of the least level; NOISE_OVERLOAD above 130 dB,
 * without a reading above 132.5 dB; NOISE_STUCK. A voltage below 0.57 V, or beyond the converter's
 * range, is a FrameException, because the part cannot give it and a cable must be disconnected.
 * Used by the bus's thread.
 */
public final class Sen0232 implements Sensor {
  /** Lists how often the level is read. */
  public enum Mode {
    /** 16 times a second, without LAFMAX: costs little on a bus with other parts. */
    NORMAL,
    /** 125 times a second, with LAFMAX within 0.5 dB: for a bus without other parts. */
    FAST
  }

  /** Sensitivity (DFRobot wiki, SEN0232). */
  private static final double DB_PER_VOLT = 50;

  /** Least output voltage: 0.6 V less 1.5 dB. */
  private static final double LEAST_V = 0.57;

  /** Greatest level: 130 dB and its tolerance. */
  private static final double GREATEST_DB = 2.65 * DB_PER_VOLT;

  private static final double OVERLOAD_DB = 130;

  /** Level up to which a reading cannot be told from the least one: 30 dB and its tolerance. */
  private static final double FLOOR_DB = 31.5;

  /** A reading stays fresh for its second and half a second more for a late row. */
  private static final Duration FRESH = Duration.ofMillis(1_500);

  /** Period: half of F's time constant of 125 ms. */
  private static final Rhythm NORMAL_RHYTHM = new Rhythm(Duration.ofNanos(62_500_000), FRESH);

  /** F falls by 0.5 dB in 14.4 ms. */
  private static final long LONGEST_GAP_MS = 14;

  private static final Rhythm FAST_RHYTHM = new Rhythm(Duration.ofMillis(8), FRESH);

  /**
   * Limit of an unchanged code, which no real sound reaches, because it changes a hundred times
   * more than one code.
   */
  private static final Duration FROZEN = Duration.ofMinutes(1);

  private final Ads1115 adc;
  private final int input;
  private final Mode mode;
  private long lastMs;
  private final StuckDetector stuck = new StuckDetector(FROZEN);

  /**
   * Creates a driver of the meter at that input of the converter and sends nothing yet.
   *
   * @param channel the converter's input, 0 to 3
   * @throws IllegalArgumentException if there is no such input
   */
  public Sen0232(Ads1115 adc, int channel, Mode mode) {
    if (channel < 0 || channel > 3) {
      throw new IllegalArgumentException("channel " + channel + " is not 0 to 3");
    }
    this.adc = adc;
    this.input = channel;
    this.mode = mode;
  }

  /**
   * Brings the converter to power-down and measures once, to check that a meter is connected.
   *
   * @throws FrameException if the part cannot give the voltage
   */
  @Override
  public void start() throws IOException {
    adc.powerDown();
    stuck.reset();
    level(convert());
  }

  /**
   * Measures the level.
   *
   * @throws FrameException if the part cannot give the voltage, or the converter was reset
   */
  @Override
  public Sample read() throws IOException {
    Ads1115.Conversion conversion = convert();
    double level = level(conversion);
    if (level > GREATEST_DB) {
      return new Sample(Map.of(), Set.of(Quality.NOISE_OVERLOAD));
    }
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.LAEQ, level, 0, GREATEST_DB);
    if (mode == Mode.FAST && isInTime(conversion.tickMs())) {
      builder.put(Quantity.LAFMAX, level, 0, GREATEST_DB);
    }
    builder.flagIf(level <= FLOOR_DB, Quality.NOISE_FLOOR);
    builder.flagIf(level > OVERLOAD_DB, Quality.NOISE_OVERLOAD);
    builder.flagIf(stuck.isStuck(conversion.code(), conversion.tickMs()), Quality.NOISE_STUCK);
    return builder.build();
  }

  @Override
  public Rhythm rhythm() {
    return mode == Mode.FAST ? FAST_RHYTHM : NORMAL_RHYTHM;
  }

  /**
   * Returns whether the reading follows the last one so closely that no maximum between them was
   * more than 0.5 dB above both. Without it the second has no LAFMAX.
   */
  private boolean isInTime(long tickMs) {
    long gapMs = tickMs - lastMs;
    lastMs = tickMs;
    return gapMs <= LONGEST_GAP_MS;
  }

  private Ads1115.Conversion convert() throws IOException {
    return adc.convert(input, Ads1115.Gain.V4_096, Ads1115.Rate.SPS_860);
  }

  /** Returns the level of a voltage, dB(A). */
  private static double level(Ads1115.Conversion conversion) throws FrameException {
    double volts = conversion.volts();
    if (volts < LEAST_V || conversion.clipped()) {
      throw new FrameException(
          String.format(
              "SEN0232: %.2f V, where the part gives 0.6 to 2.6 V: it is not connected to this"
                  + " channel, or has no supply",
              volts));
    }
    return volts * DB_PER_VOLT;
  }
}
