package dev.streetbox.simulate;

import dev.streetbox.bus.Time;

/**
 * Holds the time and the surroundings that all simulated parts of one box share.
 *
 * @param time that all parts run by
 * @param ride that all parts are on
 * @param seed that the ride and the parts' random numbers are drawn from
 */
record World(Time time, Ride ride, long seed) {
  /** Returns the air, the place and the noise at a tick. */
  GroundTruth at(long tickMs) {
    return ride.at(tickMs);
  }
}
