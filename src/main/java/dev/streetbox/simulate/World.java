package dev.streetbox.simulate;

import dev.streetbox.bus.Time;

/**
 * Holds what every simulated part of one box lives in.
 *
 * @param ride that all of them are on
 * @param seed what makes one ride differ from another
 */
record World(Time time, Ride ride, long seed) {
  /** Returns the air, the place and the noise at a tick. */
  GroundTruth at(long tickMs) {
    return ride.at(tickMs);
  }
}
