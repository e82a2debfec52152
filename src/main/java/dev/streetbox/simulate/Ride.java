package dev.streetbox.simulate;

import java.util.SplittableRandom;

/**
 * A courier's evening in November, from the seed: about an hour on the streets of Huilongguan with
 * red lights and deliveries, again and again, through rush-hour noise, the smoke of a barbecue and
 * the smell of a waste station. The same seed and tick give the same moment, in any order of
 * asking; from tick to tick nothing jumps. Immutable.
 */
public final class Ride {
  private static final double LAND_REACH_M = 140;
  private static final double ROAD_REACH_M = 650;
  private static final double BRIDGE_HALF_WIDTH_M = 18;

  private static final int LORRY_MS = 30_000; // at most one in each
  private static final int HORN_MS = 30_000;

  private final long seed;
  private final Route route = new Route();
  private final Journey journey;

  /** The ride of one seed. */
  public Ride(long seed) {
    this.seed = seed;
    this.journey = new Journey(route, seed);
  }

  /**
   * The truth at a tick.
   *
   * @param tickMs monotonic milliseconds since the ride began; before it, it stands at its start
   */
  public Moment at(long tickMs) {
    long ms = Math.max(0, tickMs);
    double lapS = ms / 1_000.0 % journey.lapS();
    double atM = journey.metres(lapS) % route.length();
    double mps = journey.mps(lapS);
    return new Moment(place(ms, atM, mps), air(ms, atM), levelDba(ms, atM, mps));
  }

  private Moment.Place place(long ms, double atM, double mps) {
    double bridgeM = Math.abs(atM - route.metresTo(Route.BRIDGE));
    return new Moment.Place(
        route.latDeg(atM),
        route.lonDeg(atM),
        43 + smooth("height", ms, 300_000),
        mps,
        route.courseDeg(atM),
        5 + 3 * smooth("sky", ms, 40_000),
        bridgeM > BRIDGE_HALF_WIDTH_M);
  }

  private Moment.Air air(long ms, double atM) {
    double smoke = route.near(Route.BARBECUE, LAND_REACH_M, atM);
    double waste = route.near(Route.WASTE_STATION, LAND_REACH_M, atM);
    double road = route.near(Route.MAIN_ROAD, ROAD_REACH_M, atM);
    double pm25 =
        34
            + 8 * smooth("haze", ms, 600_000)
            + 3 * smooth("draught", ms, 30_000)
            + smooth("eddy", ms, 3_000)
            + smoke * (150 + 30 * smooth("smoke", ms, 4_000));
    double coarse = 9 + 3 * smooth("dust", ms, 20_000) + 45 * smoke;
    double smell = 0.05 + 0.03 * smooth("kitchens", ms, 15_000) + 0.8 * waste;
    double exhaust = 0.2 + 0.1 * smooth("traffic", ms, 60_000) + 0.4 * road;
    double tempC =
        5.5
            + 1.5 * smooth("evening", ms, 7_200_000)
            + 0.3 * smooth("walls", ms, 120_000)
            + 0.03 * smooth("flicker", ms, 3_000);
    double rhPct = 50 - 3 * (tempC - 5.5) + 3 * smooth("damp", ms, 300_000);
    return new Moment.Air(pm25, coarse, smell, exhaust, tempC, rhPct);
  }

  /** Streets, wind and tyres; lorries that pass in seconds; horns that last for less. */
  private double levelDba(long ms, double atM, double mps) {
    double streets =
        60
            + 3 * smooth("street", ms, 30_000)
            + 1.5 * smooth("voices", ms, 800)
            + 4 * route.near(Route.MAIN_ROAD, ROAD_REACH_M, atM)
            + 0.4 * mps;
    return 10 * Math.log10(energy(streets) + lorries(ms) + horns(ms));
  }

  private double lorries(long ms) {
    double sum = 0;
    for (long slot = ms / LORRY_MS - 1; slot <= ms / LORRY_MS + 1; slot++) {
      SplittableRandom random = random("lorry", slot);
      double awayS = (ms - slot * LORRY_MS - random.nextDouble(LORRY_MS)) / 1_000.0;
      double peakDba = random.nextDouble(70, 78);
      if (random.nextDouble() < 0.7) {
        sum += energy(peakDba - 20 * Math.log10(1 + awayS * awayS / 2.25));
      }
    }
    return sum;
  }

  private double horns(long ms) {
    SplittableRandom random = random("horn", ms / HORN_MS);
    double lengthMs = random.nextDouble(300, 900);
    double sinceMs = ms % HORN_MS - random.nextDouble(1_000, 28_000);
    double peakDba = random.nextDouble(72, 79);
    if (random.nextDouble() >= 0.35 || sinceMs < 0 || sinceMs > lengthMs) {
      return 0;
    }
    return energy(peakDba) * Math.min(1, Math.min(sinceMs, lengthMs - sinceMs) / 40);
  }

  private static double energy(double level) {
    return Math.pow(10, level / 10);
  }

  /** A random curve between −1 and 1 that turns about once per period. */
  private double smooth(String what, long ms, long periodMs) {
    long slot = ms / periodMs;
    double from = random(what, slot).nextDouble(-1, 1);
    double to = random(what, slot + 1).nextDouble(-1, 1);
    double share = (1 - Math.cos(Math.PI * (ms % periodMs) / periodMs)) / 2;
    return from + share * (to - from);
  }

  /** The dice of one slot of time for one purpose, the same whenever they are asked. */
  private SplittableRandom random(String what, long slot) {
    return new SplittableRandom(seed ^ (what.hashCode() * 0xD1342543DE82EF95L + slot));
  }
}
