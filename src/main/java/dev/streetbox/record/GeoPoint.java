package dev.streetbox.record;

import static java.lang.Math.asin;
import static java.lang.Math.atan2;
import static java.lang.Math.cos;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.toDegrees;
import static java.lang.Math.toRadians;

/**
 * A point on a round Earth, which is right to half a percent of every distance.
 *
 * @param latDeg WGS-84
 * @param lonDeg WGS-84; 180 more or less than half a turn is the same point
 */
public record GeoPoint(double latDeg, double lonDeg) {
  /** The mean radius (IUGG). */
  private static final double EARTH_M = 6_371_008.8;

  /** How far it is to another point; by haversines, which are exact for short ways. */
  public double metresTo(GeoPoint other) {
    double south = sin(toRadians(other.latDeg - latDeg) / 2);
    double east = sin(toRadians(other.lonDeg - lonDeg) / 2);
    double chord =
        south * south + cos(toRadians(latDeg)) * cos(toRadians(other.latDeg)) * east * east;
    return 2 * EARTH_M * asin(Math.min(1, sqrt(chord)));
  }

  /**
   * The point that far away.
   *
   * @param bearingRad the direction in which one leaves: 0 is north, a quarter turn is east
   */
  GeoPoint moved(double bearingRad, double metres) {
    double turn = metres / EARTH_M;
    double fromLat = toRadians(latDeg);
    double toLat =
        asin(
            Math.max(
                -1,
                Math.min(
                    1, sin(fromLat) * cos(turn) + cos(fromLat) * sin(turn) * cos(bearingRad))));
    double east =
        atan2(sin(bearingRad) * sin(turn) * cos(fromLat), cos(turn) - sin(fromLat) * sin(toLat));
    return new GeoPoint(toDegrees(toLat), lonDeg + toDegrees(east));
  }
}
