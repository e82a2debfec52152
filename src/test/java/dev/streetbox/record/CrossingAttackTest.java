package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Somebody with every row that was sent in a hundred rides fits a circle to where the positions end
 * and begin again, and takes its centre for the home. Against a plain circle this finds the door.
 */
class CrossingAttackTest {
  private static final GeoPoint HOME = new GeoPoint(40.0701, 116.3265);
  private static final double RADIUS_M = 300;
  private static final int RIDES = 100;
  private static final double STEP_M = 6; // 22 km/h, once a second
  private static final double NOISE_M = 3;

  /** A point in metres east and north of home. */
  private record Spot(double eastM, double northM) {
    double metres() {
      return Math.hypot(eastM, northM);
    }

    GeoPoint place() {
      return HOME.moved(Math.atan2(eastM, northM), metres());
    }

    static Spot of(GeoPoint place) {
      double north = HOME.metresTo(new GeoPoint(place.latDeg(), HOME.lonDeg()));
      double east = HOME.metresTo(new GeoPoint(HOME.latDeg(), place.lonDeg()));
      return new Spot(
          Math.copySign(east, place.lonDeg() - HOME.lonDeg()),
          Math.copySign(north, place.latDeg() - HOME.latDeg()));
    }
  }

  @Test
  void aHundredRidesTellTheHomeToNoBetterThanNearlyHalfTheRadius() {
    Seeds.each(50, seed -> aHundredRidesTellTheHomeToNoBetterThanNearlyHalfTheRadius((int) seed));
  }

  private void aHundredRidesTellTheHomeToNoBetterThanNearlyHalfTheRadius(int seed) {
    byte[] key = new byte[32];
    new SplittableRandom(seed).nextBytes(key);
    Secret secret = new Secret(key);
    Zone zone = new Zone("home", HOME.latDeg(), HOME.lonDeg(), RADIUS_M);
    List<Spot> ends = new ArrayList<>();
    for (int boot = 1; boot <= RIDES; boot++) {
      Privacy privacy = Privacy.of(List.of(zone), secret, boot);
      ends.addAll(ends(ride(seed, boot), privacy::censored));
    }
    assertTrue(ends.size() >= RIDES, "crossings: " + ends.size());
    double missedM = fittedCentre(ends).metres();
    assertTrue(missedM > 0.45 * RADIUS_M, "the home was found to within " + missedM + " m");
    assertTrue(missedM < 1.1 * RADIUS_M, "no attack worth the name: " + missedM + " m");
  }

  @Test
  void theSameAttackFindsTheHomeInAPlainCircle() {
    Seeds.each(50, seed -> theSameAttackFindsTheHomeInAPlainCircle((int) seed));
  }

  private void theSameAttackFindsTheHomeInAPlainCircle(int seed) {
    List<Spot> ends = new ArrayList<>();
    for (int boot = 1; boot <= RIDES; boot++) {
      ends.addAll(ends(ride(seed, boot), CrossingAttackTest::plainly));
    }
    double missedM = fittedCentre(ends).metres();
    assertTrue(missedM < 0.05 * RADIUS_M, "missed by " + missedM + " m");
  }

  private static Sample plainly(Sample second) {
    GeoPoint place =
        new GeoPoint(
            second.get(Quantity.LAT).orElseThrow(), second.get(Quantity.LON).orElseThrow());
    return HOME.metresTo(place) > RADIUS_M ? second : Sample.NOTHING;
  }

  /** Two of three rides go home and away again, the third passes by; each on its own two lines. */
  private static List<Spot> ride(int seed, int boot) {
    SplittableRandom random = new SplittableRandom(seed * 1_000L + boot);
    Spot turn =
        boot % 3 > 0
            ? new Spot(0, 0)
            : new Spot(random.nextDouble(-500, 500), random.nextDouble(-500, 500));
    List<Spot> spots = new ArrayList<>();
    double coming = random.nextDouble(2 * Math.PI);
    double going = random.nextDouble(2 * Math.PI);
    double phase = random.nextDouble(STEP_M);
    for (double away = 2_000 + phase; away > 0; away -= STEP_M) {
      spots.add(seen(turn, coming, away, random));
    }
    for (double away = phase; away < 2_000; away += STEP_M) {
      spots.add(seen(turn, going, away, random));
    }
    return spots;
  }

  private static Spot seen(Spot from, double bearing, double metres, SplittableRandom random) {
    return new Spot(
        from.eastM() + metres * Math.sin(bearing) + NOISE_M * random.nextGaussian(),
        from.northM() + metres * Math.cos(bearing) + NOISE_M * random.nextGaussian());
  }

  /** The last position before each gap and the first one after it, as they were sent. */
  private static List<Spot> ends(List<Spot> ride, UnaryOperator<Sample> sent) {
    List<Spot> ends = new ArrayList<>();
    List<Spot> seen = new ArrayList<>();
    boolean gap = false;
    for (Spot spot : ride) {
      GeoPoint place = spot.place();
      Sample second =
          sent.apply(
              Sample.of(
                  Map.of(
                      Quantity.LAT,
                      Quantity.LAT.rounded(place.latDeg()),
                      Quantity.LON,
                      Quantity.LON.rounded(place.lonDeg()),
                      Quantity.HACC,
                      2 * NOISE_M)));
      if (second.get(Quantity.LAT).isPresent()) {
        Spot now =
            Spot.of(
                new GeoPoint(
                    second.get(Quantity.LAT).getAsDouble(),
                    second.get(Quantity.LON).orElseThrow()));
        if (gap) {
          ends.add(now);
        }
        seen.add(now);
        gap = false;
      } else if (!gap) {
        ends.add(seen.get(seen.size() - 1));
        gap = true;
      }
    }
    return ends;
  }

  /**
   * The centre of the circle with the least squares of distances to the points: Kåsa's algebraic
   * fit to begin with, then Gauss and Newton's steps on the distances themselves.
   */
  private static Spot fittedCentre(List<Spot> points) {
    double[] circle = {0, 0, 0};
    double[][] sums = new double[3][4];
    for (Spot p : points) {
      double square = p.eastM() * p.eastM() + p.northM() * p.northM();
      add(sums, new double[] {2 * p.eastM(), 2 * p.northM(), 1}, square);
    }
    double[] kasa = solved(sums);
    circle[0] = kasa[0];
    circle[1] = kasa[1];
    circle[2] = Math.sqrt(kasa[2] + kasa[0] * kasa[0] + kasa[1] * kasa[1]);
    for (int step = 0; step < 20; step++) {
      double[][] normal = new double[3][4];
      for (Spot p : points) {
        double east = p.eastM() - circle[0];
        double north = p.northM() - circle[1];
        double metres = Math.hypot(east, north);
        add(normal, new double[] {east / metres, north / metres, 1}, metres - circle[2]);
      }
      double[] better = solved(normal);
      for (int i = 0; i < 3; i++) {
        circle[i] += better[i];
      }
    }
    return new Spot(circle[0], circle[1]);
  }

  /** Adds one equation to the normal equations. */
  private static void add(double[][] sums, double[] factors, double result) {
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        sums[row][column] += factors[row] * factors[column];
      }
      sums[row][3] += factors[row] * result;
    }
  }

  /** Three equations solved by Gauss and Jordan; the matrix is positive definite. */
  private static double[] solved(double[][] equations) {
    for (int pivot = 0; pivot < 3; pivot++) {
      for (int row = 0; row < 3; row++) {
        double factor = equations[row][pivot] / equations[pivot][pivot];
        for (int column = pivot; row != pivot && column < 4; column++) {
          equations[row][column] -= factor * equations[pivot][column];
        }
      }
    }
    return IntStream.range(0, 3).mapToDouble(i -> equations[i][3] / equations[i][i]).toArray();
  }
}
