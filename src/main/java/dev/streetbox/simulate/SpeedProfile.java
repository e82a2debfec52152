package dev.streetbox.simulate;

import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Holds the scooter's distance and speed along a route as functions of time, for one lap drawn from
 * a seed. A lap begins and ends standing at the first corner. Immutable.
 */
final class SpeedProfile {
  private static final double SPEED_UP_MPS2 = 1.2;
  private static final double SLOW_DOWN_MPS2 = 1.5;
  private static final double CORNER_MPS = 3.5;
  private static final double SLOWEST_CRUISE_MPS = 5.0;
  private static final double FASTEST_CRUISE_MPS = 7.0; // 25 km/h, the limit for such scooters
  private static final double RED_LIGHT_SHARE = 0.6;
  private static final double FIRST_PAUSE_S = 8;

  /** Holds a stretch of constant acceleration. */
  private record Phase(double startS, double startM, double startMps, double mps2) {
    private double metres(double atS) {
      double s = atS - startS;
      return startM + s * (startMps + s * mps2 / 2);
    }

    private double mps(double atS) {
      return startMps + (atS - startS) * mps2;
    }
  }

  private final NavigableMap<Double, Phase> phases = new TreeMap<>();
  private final SplittableRandom random;
  private double endS;
  private double endM;

  /** Makes the profile of one seed on a route. */
  SpeedProfile(Route route, long seed) {
    random = new SplittableRandom(seed);
    pause(FIRST_PAUSE_S);
    double mps = 0;
    for (int corner = 1; corner <= route.corners(); corner++) {
      double stopS = stopS(route.halt(corner));
      double nextMps = stopS > 0 ? 0 : CORNER_MPS;
      ride(route.metresTo(corner) - endM, mps, nextMps);
      pause(stopS);
      mps = nextMps;
    }
  }

  /** Returns the duration of one lap in seconds. */
  double lapS() {
    return endS;
  }

  /** Returns the distance from the first corner in metres, from 0 to the route's length. */
  double metres(double atS) {
    return phase(atS).metres(atS);
  }

  /** Returns the speed in m/s. */
  double mps(double atS) {
    return Math.max(0, phase(atS).mps(atS));
  }

  private Phase phase(double atS) {
    return phases.floorEntry(atS).getValue();
  }

  private double stopS(Route.Halt halt) {
    return switch (halt) {
      case NONE -> 0;
      case LIGHT -> random.nextDouble() < RED_LIGHT_SHARE ? random.nextDouble(15, 55) : 0;
      case DELIVERY -> random.nextDouble(60, 180);
    };
  }

  private void pause(double seconds) {
    phase(seconds, 0, 0);
  }

  /** Appends an acceleration, a constant speed if the leg is long enough, and a deceleration. */
  private void ride(double lengthM, double fromMps, double toMps) {
    double reachable =
        Math.sqrt(
            (2 * SPEED_UP_MPS2 * SLOW_DOWN_MPS2 * lengthM
                    + SLOW_DOWN_MPS2 * fromMps * fromMps
                    + SPEED_UP_MPS2 * toMps * toMps)
                / (SPEED_UP_MPS2 + SLOW_DOWN_MPS2));
    double cruise = Math.min(reachable, random.nextDouble(SLOWEST_CRUISE_MPS, FASTEST_CRUISE_MPS));
    double upS = (cruise - fromMps) / SPEED_UP_MPS2;
    double downS = (cruise - toMps) / SLOW_DOWN_MPS2;
    double rampsM = upS * (cruise + fromMps) / 2 + downS * (cruise + toMps) / 2;
    phase(upS, fromMps, SPEED_UP_MPS2);
    phase((lengthM - rampsM) / cruise, cruise, 0);
    phase(downS, cruise, -SLOW_DOWN_MPS2);
  }

  private void phase(double seconds, double fromMps, double mps2) {
    if (seconds > 0) {
      Phase phase = new Phase(endS, endM, fromMps, mps2);
      phases.put(endS, phase);
      endS += seconds;
      endM = phase.metres(endS);
    }
  }
}
