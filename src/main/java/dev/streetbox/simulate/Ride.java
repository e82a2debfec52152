package dev.streetbox.simulate;

/**
 * Computes place, air and noise on a courier's ride in November: a lap of about an hour on the
 * streets of Huilongguan with red lights and deliveries, repeated, through rush-hour noise, the
 * smoke of a barbecue and the smell of a waste station. The result depends on seed and tick only,
 * and every quantity is continuous in time. Immutable.
 */
public final class Ride {
  private static final double LAND_REACH_M = 140;
  private static final double ROAD_REACH_M = 650;
  private static final double BRIDGE_HALF_WIDTH_M = 18;

  private static final int LORRY_MS = 30_000; // at most one lorry in each
  private static final int HORN_MS = 30_000;

  private final long seed;
  private final Route route = new Route();
  private final SpeedProfile profile;

  /** Makes the ride of one seed. */
  public Ride(long seed) {
    this.seed = seed;
    this.profile = new SpeedProfile(route, seed);
  }

  /**
   * Returns the true place, air and noise at a tick.
   *
   * @param tickMs monotonic milliseconds since the ride began; a negative tick counts as 0
   */
  public GroundTruth at(long tickMs) {
    long ms = Math.max(0, tickMs);
    double lapS = lapS(ms);
    double atM = profile.metres(lapS) % route.length();
    return new GroundTruth(place(ms, atM, profile.mps(lapS)), air(ms, atM), levelDba(ms));
  }

  /** Returns the level of {@link #at} without computing the rest, in dB re 20 µPa, A-weighted. */
  double levelDba(long tickMs) {
    long ms = Math.max(0, tickMs);
    double lapS = lapS(ms);
    double road = road(profile.metres(lapS) % route.length());
    return 10 * Math.log10(streets(ms, road, profile.mps(lapS)) + lorries(ms) + horns(ms));
  }

  private double lapS(long ms) {
    return ms / 1_000.0 % profile.lapS();
  }

  /** Returns the proximity of the main road, 0 to 1. */
  private double road(double atM) {
    return route.near(Route.MAIN_ROAD, ROAD_REACH_M, atM);
  }

  private GroundTruth.Place place(long ms, double atM, double mps) {
    double bridgeM = Math.abs(atM - route.metresTo(Route.BRIDGE));
    return new GroundTruth.Place(
        route.latDeg(atM),
        route.lonDeg(atM),
        43 + smooth("height", ms, 300_000),
        mps,
        route.courseDeg(atM),
        5 + 3 * smooth("sky", ms, 40_000),
        bridgeM > BRIDGE_HALF_WIDTH_M);
  }

  private GroundTruth.Air air(long ms, double atM) {
    double smoke = route.near(Route.BARBECUE, LAND_REACH_M, atM);
    double waste = route.near(Route.WASTE_STATION, LAND_REACH_M, atM);
    double pm25 =
        34
            + 8 * smooth("haze", ms, 600_000)
            + 3 * smooth("draught", ms, 30_000)
            + smooth("eddy", ms, 3_000)
            + smoke * (150 + 30 * smooth("smoke", ms, 4_000));
    double coarse = 9 + 3 * smooth("dust", ms, 20_000) + 45 * smoke;
    double smell = 0.05 + 0.03 * smooth("kitchens", ms, 15_000) + 0.8 * waste;
    double exhaust = 0.2 + 0.1 * smooth("traffic", ms, 60_000) + 0.4 * road(atM);
    double tempC =
        5.5
            + 1.5 * smooth("evening", ms, 7_200_000)
            + 0.3 * smooth("walls", ms, 120_000)
            + 0.03 * smooth("flicker", ms, 3_000);
    double rhPct = 50 - 3 * (tempC - 5.5) + 3 * smooth("damp", ms, 300_000);
    return new GroundTruth.Air(pm25, coarse, smell, exhaust, tempC, rhPct);
  }

  /** Returns the energy of traffic, people, wind and tyres, relative to 0 dB. */
  private double streets(long ms, double road, double mps) {
    double smoothDba = 62 + 3 * smooth("street", ms, 30_000) + 1.5 * smooth("voices", ms, 800);
    return energy(smoothDba + 4 * road + 0.4 * mps);
  }

  /** Returns the energy of lorries, each of which passes within seconds. */
  private double lorries(long ms) {
    double sum = 0;
    for (long slot = ms / LORRY_MS - 1; slot <= ms / LORRY_MS + 1; slot++) {
      if (uniform("lorry", slot) < 0.7) {
        double awayS = (ms - (slot + uniform("lorry's time", slot)) * LORRY_MS) / 1_000;
        double peakDba = 70 + 8 * uniform("lorry's age", slot);
        sum += energy(peakDba - 20 * Math.log10(1 + awayS * awayS / 2.25));
      }
    }
    return sum;
  }

  /** Returns the energy of horns, each of which lasts for less than a second. */
  private double horns(long ms) {
    long slot = ms / HORN_MS;
    double lengthMs = 300 + 600 * uniform("horn's length", slot);
    double sinceMs = ms % HORN_MS - (HORN_MS - lengthMs) * uniform("horn's time", slot);
    if (uniform("horn", slot) >= 0.35 || sinceMs < 0 || sinceMs > lengthMs) {
      return 0;
    }
    double peakDba = 72 + 7 * uniform("horn's size", slot);
    return energy(peakDba) * Math.min(1, Math.min(sinceMs, lengthMs - sinceMs) / 40);
  }

  private static double energy(double level) {
    return Math.pow(10, level / 10);
  }

  /** Returns a smooth random function of time between −1 and 1 with one new value per period. */
  private double smooth(String what, long ms, long periodMs) {
    long slot = ms / periodMs;
    double from = 2 * uniform(what, slot) - 1;
    double to = 2 * uniform(what, slot + 1) - 1;
    double share = (1 - Math.cos(Math.PI * (ms % periodMs) / periodMs)) / 2;
    return from + share * (to - from);
  }

  /**
   * Returns a random number from 0 to 1 that depends on seed, name and slot only, by the mixer of
   * SplitMix64 (Steele, Lea and Flood 2014).
   */
  private double uniform(String what, long slot) {
    long z = seed ^ (what.hashCode() * 0xD1342543DE82EF95L + slot * 0x9E3779B97F4A7C15L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
