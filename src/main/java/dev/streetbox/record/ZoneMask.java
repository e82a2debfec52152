package dev.streetbox.record;

import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;

/**
 * Draws what one zone hides from the box's secret. Always hidden is a circle, the core, that
 * contains the zone but has another centre and another radius; both never change. An attacker who
 * fits a circle to many ends therefore finds the core's centre. If both were drawn for each ride,
 * the mean of many rides would be the zone's centre.
 *
 * <p>Around the core lies a ring. In it a ride is hidden from the core to the nearest turn, and
 * along the street beyond the turn for a distance that is longer in the direction away from the
 * zone's centre towards the core's centre than in the other one. The street that leads into the
 * core is so not seen, and a person who adds the mean distance to the visible ends finds the core's
 * centre again.
 *
 * <p>In multiples of the zone's radius r: the core's centre is 0.75 to 1.05 from the zone's; the
 * core's radius covers the zone and is at most 2.1; the ring is 2 to 2.25 wide. So every place
 * within r is hidden, and no place beyond 5.4 r. Immutable.
 */
final class ZoneMask {
  private static final double LEAST_SHIFT = 0.75;
  private static final double MOST_SHIFT = 1.05;
  private static final double MOST_RADIUS = 2.1;
  private static final double RING = 2;
  private static final double TRIM = 0.25;

  /** Accuracy in metres that is assumed of a fix without one: that from which a fix is flagged. */
  private static final double ASSUMED_HACC_M = 20;

  private final Zone zone;
  private final Secret secret;
  private final GeoPoint centre;
  private final double radiusM;
  private final double shiftRad;
  private final double shiftM;

  /** Draws the core. */
  ZoneMask(Zone zone, Secret secret) {
    this.zone = zone;
    this.secret = secret;
    // The root makes the centre uniform over the area between the two shifts.
    double least = LEAST_SHIFT * LEAST_SHIFT;
    double shift = Math.sqrt(least + (MOST_SHIFT * MOST_SHIFT - least) * drawn("shift"));
    this.shiftRad = 2 * Math.PI * drawn("bearing");
    this.shiftM = shift * zone.radiusM();
    this.centre = new GeoPoint(zone.latDeg(), zone.lonDeg()).moved(shiftRad, shiftM);
    this.radiusM = zone.radiusM() * (1 + shift + (MOST_RADIUS - 1 - shift) * drawn("growth"));
  }

  /**
   * Returns the least distance in metres from the core's edge that a fix's accuracy allows; not
   * above 0 in the core.
   *
   * @param fix a second with latitude and longitude
   */
  double metresOutside(Sample fix) {
    return centre.metresTo(place(fix)) - fix.get(Quantity.HACC).orElse(ASSUMED_HACC_M) - radiusM;
  }

  /** Returns the place of a second with latitude and longitude. */
  static GeoPoint place(Sample fix) {
    return new GeoPoint(fix.get(Quantity.LAT).orElseThrow(), fix.get(Quantity.LON).orElseThrow());
  }

  /** Returns whether a second has a position. */
  static boolean hasPlace(Sample second) {
    return second.get(Quantity.LAT).isPresent() && second.get(Quantity.LON).isPresent();
  }

  /** Returns the width of the ring in metres for one ride. */
  double ringM(int boot) {
    return zone.radiusM() * (RING + TRIM * drawn("ring " + boot));
  }

  /**
   * Returns how far before the last turn a ride into the core is hidden, in metres.
   *
   * @param bearingRad the bearing of the street before the turn
   */
  double hiddenBeforeTurnM(double bearingRad, int boot) {
    return trimM("in " + boot) - shiftM * Math.cos(bearingRad - shiftRad);
  }

  /**
   * Returns how far behind the first turn a ride out of the core is hidden, in metres.
   *
   * @param bearingRad the bearing of the street behind the turn
   */
  double hiddenBehindTurnM(double bearingRad, int boot) {
    return trimM("out " + boot) + shiftM * Math.cos(bearingRad - shiftRad);
  }

  private double trimM(String end) {
    return shiftM + TRIM * zone.radiusM() * drawn("trim " + end);
  }

  private double drawn(String what) {
    return secret.share("zone " + zone.definition() + " " + what);
  }
}
