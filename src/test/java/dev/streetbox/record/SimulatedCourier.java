package dev.streetbox.record;

import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Rides from home and back again and again, through the zone's classes, and keeps what a subscriber
 * sees: the first and the last visible second of each ride. Each ride has another destination,
 * other speeds, red lights and stops. Home is the origin.
 */
final class SimulatedCourier {
  static final double RADIUS_M = 300;
  static final double BLOCK_M = 100;
  private static final GeoPoint HOME = new GeoPoint(40.0701, 116.3265);
  private static final double NOISE_M = 3;

  /** Kinds of streets. */
  enum Streets {
    /** A grid of 100 m; seven of ten rides go to one of three districts. */
    GRID,
    /** The same grid; the rides go equally often in all directions, which helps an attacker. */
    UNIFORM_GRID,
    /** Five roads that lead straight to home. */
    STRAIGHT
  }

  /** What the attacker sees at one end: a point in metres east and north of home, and a course. */
  record End(double eastM, double northM, double courseRad, boolean leaving, double seconds) {}

  private record Spot(double eastM, double northM, double courseRad) {}

  private final SplittableRandom random;
  private final Streets streets;
  private final double westM;
  private final double[] roads = new double[5];
  private final List<Zone> zones;
  private final Secret secret;
  private double seconds;

  SimulatedCourier(long seed, Streets streets) {
    this.random = new SplittableRandom(seed);
    this.streets = streets;
    this.westM = random.nextDouble(BLOCK_M);
    for (int i = 0; i < roads.length; i++) {
      roads[i] = random.nextDouble(2 * Math.PI);
    }
    byte[] key = new byte[32];
    random.nextBytes(key);
    this.zones = List.of(new Zone("home", HOME.latDeg(), HOME.lonDeg(), RADIUS_M));
    this.secret = new Secret(key);
  }

  /** Returns the ends of that many rides: of each the first and the last visible second. */
  List<End> ride(int count) {
    List<End> ends = new ArrayList<>();
    for (int boot = 1; boot <= count; boot++) {
      Departure departure = new Departure(zones, secret, boot);
      Privacy privacy = Privacy.of(zones, secret, boot);
      boolean dark = true;
      List<Spot> seen = new ArrayList<>();
      List<Spot> spots = spots();
      double start = seconds;
      for (int second = 0; second < spots.size(); second++) {
        Sample fix = fix(spots.get(second));
        if (dark) {
          dark = !departure.isOutside(fix);
        } else {
          for (ComposedSecond passed : privacy.next(new ComposedSecond(second, fix, Set.of()))) {
            seen.add(spots.get((int) passed.tickMs()));
            double at = start + passed.tickMs();
            if (seen.size() == 1) {
              ends.add(end(seen.get(0), true, at));
            }
            seconds = at;
          }
        }
      }
      if (!seen.isEmpty()) {
        ends.add(end(seen.get(seen.size() - 1), false, seconds));
      }
      seconds = start + spots.size() + 60 + 1_800 * Math.exp(random.nextGaussian());
    }
    return ends;
  }

  private static End end(Spot spot, boolean leaving, double seconds) {
    return new End(spot.eastM, spot.northM, spot.courseRad, leaving, seconds);
  }

  private Sample fix(Spot spot) {
    double east = spot.eastM + NOISE_M * random.nextGaussian();
    double north = spot.northM + NOISE_M * random.nextGaussian();
    GeoPoint place = HOME.moved(Math.atan2(east, north), Math.hypot(east, north));
    return Sample.of(
        Map.of(
            Quantity.LAT, Quantity.LAT.rounded(place.latDeg()),
            Quantity.LON, Quantity.LON.rounded(place.lonDeg()),
            Quantity.HACC, 2 * NOISE_M));
  }

  /** Returns the seconds of one ride: away, and back on another way. */
  private List<Spot> spots() {
    List<double[]> away = streets != Streets.STRAIGHT ? gridWay() : straightWay();
    List<Spot> spots = travelled(away);
    List<double[]> back = streets != Streets.STRAIGHT ? gridWay(away) : straightWay();
    Collections.reverse(back);
    spots.addAll(travelled(back));
    return spots;
  }

  private List<double[]> straightWay() {
    double road = roads[random.nextInt(roads.length)];
    List<double[]> way = new ArrayList<>();
    for (double away = 0; away < 2_600; away += BLOCK_M) {
      way.add(new double[] {away * Math.sin(road), away * Math.cos(road)});
    }
    return way;
  }

  private List<double[]> gridWay() {
    double bearing = random.nextDouble(2 * Math.PI);
    if (streets == Streets.GRID && random.nextDouble() < 0.7) {
      bearing = roads[random.nextInt(3)] + 0.15 * random.nextGaussian();
    }
    double metres = random.nextDouble(2_000, 2_600);
    return gridWay(
        (int) Math.round(metres * Math.sin(bearing) / BLOCK_M),
        (int) Math.round(metres * Math.cos(bearing) / BLOCK_M));
  }

  /** Returns another way between home and the end of a way. */
  private List<double[]> gridWay(List<double[]> other) {
    double[] last = other.get(other.size() - 1);
    return gridWay(
        (int) Math.round((last[0] + westM) / BLOCK_M), (int) Math.round(last[1] / BLOCK_M));
  }

  /** Returns corners from home to a crossing; each street is as likely as the other. */
  private List<double[]> gridWay(int column, int row) {
    List<double[]> way = new ArrayList<>();
    way.add(new double[] {0, 0});
    int x = column > 0 ? 1 : 0;
    int y = 0;
    way.add(new double[] {x * BLOCK_M - westM, 0});
    boolean east = true;
    while (x != column || y != row) {
      boolean turns = random.nextDouble() < 0.4;
      east = x == column ? false : y == row || (turns != east);
      if (east) {
        x += Integer.signum(column - x);
      } else {
        y += Integer.signum(row - y);
      }
      way.add(new double[] {x * BLOCK_M - westM, y * BLOCK_M});
    }
    return way;
  }

  /** Travels along corners: a speed for each block, red lights, and stops anywhere. */
  private List<Spot> travelled(List<double[]> way) {
    List<Spot> spots = new ArrayList<>();
    for (int i = 1; i < way.size(); i++) {
      double[] from = way.get(i - 1);
      double[] to = way.get(i);
      double metres = Math.hypot(to[0] - from[0], to[1] - from[1]);
      double course = Math.atan2(to[0] - from[0], to[1] - from[1]);
      double speed = random.nextDouble(3, 9);
      double stopAt = random.nextDouble() < 0.1 ? random.nextDouble(metres) : -1;
      for (double at = 0; at < metres; at += speed) {
        Spot spot =
            new Spot(from[0] + at * Math.sin(course), from[1] + at * Math.cos(course), course);
        spots.add(spot);
        if (stopAt >= 0 && at > stopAt) {
          stand(spots, spot, random.nextInt(20, 120));
          stopAt = -1;
        }
      }
      if (random.nextDouble() < 0.25) {
        stand(spots, new Spot(to[0], to[1], course), random.nextInt(5, 40));
      }
    }
    return spots;
  }

  private static void stand(List<Spot> spots, Spot spot, int seconds) {
    for (int i = 0; i < seconds; i++) {
      spots.add(spot);
    }
  }
}
