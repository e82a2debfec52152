package dev.streetbox.simulate;

import java.util.function.LongToDoubleFunction;

/**
 * Simulates a DFRobot SEN0232 sound level meter: 0.6 to 2.6 V stand for 30 to 130 dBA, 50 dB per
 * volt, with time weighting F (DFRobot wiki, SEN0232).
 */
final class AnalogSoundMeter {
  private static final double F_MS = 125;
  private static final int STEP_MS = 50;
  private static final int STEPS = 16; // 99.8 % of the weight

  private final LongToDoubleFunction levelDba;

  /**
   * Makes a meter.
   *
   * @param levelDba the A-weighted level at a tick in ms, dB re 20 µPa
   */
  AnalogSoundMeter(LongToDoubleFunction levelDba) {
    this.levelDba = levelDba;
  }

  /**
   * Returns the output in volts at a tick: the mean of the past energy, weighted exponentially with
   * F's time constant of 125 ms.
   */
  double volts(long tickMs) {
    double energy = 0;
    double weights = 0;
    for (int step = 0; step < STEPS; step++) {
      double agoMs = (step + 0.5) * STEP_MS;
      double weight = Math.exp(-agoMs / F_MS);
      long pastMs = Math.max(0, (long) (tickMs - agoMs));
      energy += weight * Math.pow(10, levelDba.applyAsDouble(pastMs) / 10);
      weights += weight;
    }
    double outputDba = 10 * Math.log10(energy / weights);
    return Math.max(30, Math.min(130, outputDba)) / 50;
  }
}
