package dev.streetbox.record;

import static java.lang.Math.asin;
import static java.lang.Math.atan2;
import static java.lang.Math.cos;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.toDegrees;
import static java.lang.Math.toRadians;

/**
 * Locates a point on a spherical Earth; distances are correct to 0.5 %.
 *
 * @param latDeg latitude in degrees, WGS-84, −90 to 90
 * @param lonDeg longitude in degrees, WGS-84; values beyond ±180 are allowed
 */
public record GeoPoint(double latDeg, double lonDeg) {
  /** The mean radius (IUGG). */
  private static final double EARTH_M = 6_371_008.8;

  /** Returns the distance to another point in metres, by the haversine formula. */
  public double metresTo(GeoPoint other) {
    double south = sin(toRadians(other.latDeg - latDeg) / 2);
    double east = sin(toRadians(other.lonDeg - lonDeg) / 2);
    double chord =
        south * south + cos(toRadians(latDeg)) * cos(toRadians(other.latDeg)) * east * east;
    return 2 * EARTH_M * asin(Math.min(1, sqrt(chord)));
  }

  /** Returns the initial bearing to another point in radians: 0 is north, π/2 is east. */
  double bearingTo(GeoPoint other) {
    double east = toRadians(other.lonDeg - lonDeg);
    double fromLat = toRadians(latDeg);
    double toLat = toRadians(other.latDeg);
    return atan2(
        sin(east) * cos(toLat), cos(fromLat) * sin(toLat) - sin(fromLat) * cos(toLat) * cos(east));
  }

  /**
   * Returns the point at a distance.
   *
   * @param bearingRad initial bearing in radians: 0 is north, π/2 is east
   * @param metres the distance
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
