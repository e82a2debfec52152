package dev.streetbox.measure;

import java.util.Collection;

/** How several readings of one quantity, taken within a second, become that second's value. */
public enum Reduction {
  /** The arithmetic mean. */
  MEAN {
    @Override
    double combine(Collection<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  },

  /**
   * The mean of energies: levels in decibels are never averaged arithmetically (IEC 61672-1, 3.9).
   */
  ENERGY_MEAN {
    @Override
    double combine(Collection<Double> values) {
      double energy =
          values.stream().mapToDouble(level -> Math.pow(10, level / 10)).average().orElseThrow();
      return 10 * Math.log10(energy);
    }
  },

  /** The greatest value. */
  MAXIMUM {
    @Override
    double combine(Collection<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
  },

  /** The last value: for raw ticks, indices and positions, of which no mean exists. */
  LATEST {
    @Override
    double combine(Collection<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).reduce((a, b) -> b).orElseThrow();
    }
  };

  /**
   * Combines values in the order in which they were read.
   *
   * @throws java.util.NoSuchElementException if there are none
   */
  abstract double combine(Collection<Double> values);
}
