package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests when a box that is dark counts as outside. */
class DepartureTest {
  private static final double RADIUS_M = 300;
  private static final GeoPoint HOME = PrivacyTest.HOMES.get(0);

  private static Departure from(GeoPoint home, long seed, int boot) {
    return new Departure(List.of(PrivacyTest.zone(home)), PrivacyTest.secret(seed), boot);
  }

  /** Rides along a line, 5 m a second; returns how far until the box is outside, or the limit. */
  private static double ride(Departure departure, GeoPoint from, double bearing, double limitM) {
    for (double at = 5; at < limitM; at += 5) {
      if (departure.isOutside(PrivacyTest.fix(from.moved(bearing, at)))) {
        return at;
      }
    }
    return limitM;
  }

  @Test
  void withoutAFixTheBoxStaysDark() {
    Departure departure = from(HOME, 1, 1);
    for (int second = 0; second < 10_000; second++) {
      assertFalse(departure.isOutside(PrivacyTest.NO_FIX));
    }
  }

  @Test
  void noPlaceWithinTheRadiusIsOutsideAndEveryPlaceBeyondTheRingIs() {
    Seeds.each(
        20,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          for (GeoPoint home : PrivacyTest.HOMES) {
            for (int i = 0; i < 100; i++) {
              double bearing = random.nextDouble(2 * Math.PI);
              double within = RADIUS_M * Math.sqrt(random.nextDouble());
              Departure departure = from(home, seed, i);
              assertFalse(departure.isOutside(PrivacyTest.fix(home.moved(bearing, within))));
              double beyond = RADIUS_M * random.nextDouble(5.4, 20);
              assertTrue(departure.isOutside(PrivacyTest.fix(home.moved(bearing, beyond))));
            }
          }
        });
  }

  @Test
  void theStreetThatLeadsOutOfTheZoneIsHiddenToItsFirstTurnOrTheEndOfTheRing() {
    Seeds.each(
        50,
        seed -> {
          Departure straight = from(HOME, seed, 1);
          double ringM = ride(straight, HOME, 0, 5_000);
          assertTrue(ringM > 3 * RADIUS_M && ringM <= 5.4 * RADIUS_M, ringM + " m");
          Departure turning = from(HOME, seed, 1);
          double cornerM = ringM - 1.2 * RADIUS_M;
          ride(turning, HOME, 0, cornerM);
          double behindM = ride(turning, HOME.moved(0, cornerM), Math.PI / 2, 5_000);
          assertTrue(behindM > 10 && behindM < 5_000, behindM + " m behind the turn");
        });
  }

  @Test
  void eachStretchDrawsAnotherDistance() {
    assertNotEquals(
        ride(from(HOME, 1, 1), HOME, 0, 5_000), ride(from(HOME, 1, 2), HOME, 0, 5_000), 1);
    assertEquals(ride(from(HOME, 1, 1), HOME, 0, 5_000), ride(from(HOME, 1, 1), HOME, 0, 5_000));
  }

  @Test
  void anotherNameIsTheSameZone() {
    Zone renamed = new Zone("casa", HOME.latDeg(), HOME.lonDeg(), RADIUS_M);
    assertEquals(
        ride(from(HOME, 7, 1), HOME, 0, 5_000),
        ride(new Departure(List.of(renamed), PrivacyTest.secret(7), 1), HOME, 0, 5_000));
  }
}
