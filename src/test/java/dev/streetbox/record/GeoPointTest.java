package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoPointTest {
  /** The length of one degree of a great circle of the mean Earth. */
  private static final double DEGREE_M = 6_371_008.8 * Math.PI / 180;

  private static void assertNear(double latDeg, double lonDeg, GeoPoint point) {
    assertEquals(latDeg, point.latDeg(), 1e-6);
    assertEquals(lonDeg, point.lonDeg(), 1e-6);
  }

  @Test
  void eastIsTowardsGreaterLongitudes() {
    assertNear(0, 110, new GeoPoint(0, 20).moved(Math.PI / 2, 90 * DEGREE_M));
  }

  @Test
  void northIsTowardsGreaterLatitudes() {
    assertNear(70, 20, new GeoPoint(-10, 20).moved(0, 80 * DEGREE_M));
  }

  @Test
  void beyondThePoleTheLatitudeDecreasesAgain() {
    assertNear(80, 180, new GeoPoint(60, 0).moved(0, 40 * DEGREE_M));
  }

  @ParameterizedTest
  @CsvSource({"48.1, 11.5, 1, 3000000", "-33.9, 151.2, 4, 8000000", "69.65, 18.96, 2.5, 250"})
  void theMovedPointIsAtTheDistance(double latDeg, double lonDeg, double bearing, double metres) {
    GeoPoint start = new GeoPoint(latDeg, lonDeg);
    assertEquals(metres, start.metresTo(start.moved(bearing, metres)), 1e-3);
  }

  /** The way back starts in the opposite direction on the equator only. */
  @Test
  void eastAndThenWestOnTheEquatorIsTheStart() {
    GeoPoint start = new GeoPoint(0, 11.5);
    assertNear(0, 11.5, start.moved(Math.PI / 2, 5_000).moved(3 * Math.PI / 2, 5_000));
  }
}
