package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import org.junit.jupiter.api.Test;

/** Tests the route's geometry and the speed profile of a lap on it. */
class RouteTest {
  private final Route route = new Route();

  @Test
  void theLapIsClosedAndItsCornersAreInOrder() {
    assertEquals(0, route.metresTo(0));
    assertEquals(route.length(), route.metresTo(route.corners()));
    for (int corner = 1; corner <= route.corners(); corner++) {
      assertTrue(route.metresTo(corner) - route.metresTo(corner - 1) > 100, "corner " + corner);
    }
    assertEquals(route.halt(0), route.halt(route.corners()));
    assertEquals(route.latDeg(0), route.latDeg(route.length() - 1e-6), 1e-9);
    assertEquals(route.lonDeg(0), route.lonDeg(route.length() - 1e-6), 1e-9);
  }

  @Test
  void theFirstLegRunsEastFromTheFirstCorner() {
    assertEquals(40.07, route.latDeg(0), 1e-9);
    assertEquals(116.3265, route.lonDeg(0), 1e-9);
    assertEquals(88, route.courseDeg(10), 1);
    double middleM = route.metresTo(1) / 2;
    assertEquals(40.07005, route.latDeg(middleM), 1e-9);
    assertEquals(116.3283, route.lonDeg(middleM), 1e-9);
  }

  @Test
  void theProximityIsOneAtTheCornerAndZeroBeyondTheReach() {
    double atM = route.metresTo(Route.BARBECUE);
    assertEquals(1, route.near(Route.BARBECUE, 140, atM));
    assertEquals(0.5, route.near(Route.BARBECUE, 140, atM + 70), 1e-9);
    assertEquals(0, route.near(Route.BARBECUE, 140, atM - 140));
    assertEquals(0, route.near(Route.BARBECUE, 140, atM + 1_000));
  }

  @Test
  void theProximityReachesAcrossTheEndOfTheLap() {
    assertEquals(
        route.near(0, 140, 70), route.near(0, 140, route.length() - 70), 1e-9, "first corner");
  }

  @Test
  void aLapEndsAtTheRoutesLengthAndStandsThere() {
    Seeds.each(
        8,
        seed -> {
          SpeedProfile profile = new SpeedProfile(route, seed);
          assertEquals(0, profile.metres(0));
          assertEquals(0, profile.mps(0));
          assertEquals(route.length(), profile.metres(profile.lapS()), 1e-6);
          assertEquals(0, profile.mps(profile.lapS()), 1e-6);
        });
  }

  @Test
  void theDistanceNeverDecreasesAndTheSpeedIsItsDerivative() {
    Seeds.each(
        8,
        seed -> {
          SpeedProfile profile = new SpeedProfile(route, seed);
          double stepS = 0.1;
          for (double atS = 0; atS + stepS < profile.lapS(); atS += stepS) {
            double movedM = profile.metres(atS + stepS) - profile.metres(atS);
            double meanMps = (profile.mps(atS) + profile.mps(atS + stepS)) / 2;
            assertTrue(movedM >= -1e-9, "back at " + atS + " s");
            assertEquals(meanMps, movedM / stepS, 0.08, "at " + atS + " s");
          }
        });
  }

  @Test
  void theScooterStandsAtEveryDelivery() {
    Seeds.each(
        8,
        seed -> {
          SpeedProfile profile = new SpeedProfile(route, seed);
          for (int corner = 1; corner <= route.corners(); corner++) {
            if (route.halt(corner) == Route.Halt.DELIVERY) {
              double standS = standingS(profile, route.metresTo(corner));
              assertTrue(standS >= 59 && standS <= 181, corner + ": " + standS + " s");
            }
          }
        });
  }

  private static double standingS(SpeedProfile profile, double atM) {
    int standing = 0;
    for (int second = 0; second < profile.lapS(); second++) {
      boolean there = Math.abs(profile.metres(second) - atM) < 0.5;
      standing += there && profile.mps(second) == 0 ? 1 : 0;
    }
    return standing;
  }
}
