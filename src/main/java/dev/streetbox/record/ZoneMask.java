package dev.streetbox.record;

import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;

/**
 * Decides which positions one zone hides: those inside a circle that contains the zone but has
 * another centre and another radius. Centre and radius are drawn from the box's secret and never
 * change. An attacker who fits a circle to many crossings therefore finds the mask's centre, and
 * the zone's centre only to within half the zone's radius or more. If both were drawn for each
 * crossing, the mean of many crossings would be the zone's centre.
 *
 * <p>The mask's edge is drawn for each crossing, further out for leaving than for entering, so that
 * the hidden part of a road varies and a scooter that stands at the edge does not alternate. The
 * edge of an entry is drawn before the entry, so that no row has to be taken back.
 *
 * <p>In multiples of the zone's radius r: the mask's centre is 0.5 to 1 from the zone's; the mask's
 * radius covers the zone and is at most 2; the edge is 0 to 0.125 (entering) and 0.125 to 0.25
 * (leaving) beyond the radius. So every hidden position is within 3.25 r of the zone's centre, and
 * every position within r is hidden. Used by one thread.
 */
final class ZoneMask {
  private static final double LEAST_SHIFT = 0.5;
  private static final double MOST_RADIUS = 2;
  private static final double TRIM = 0.125;

  /** Accuracy in metres that is assumed of a fix without one: that from which a fix is flagged. */
  private static final double ASSUMED_HACC_M = 20;

  private final Zone zone;
  private final Secret secret;
  private final int boot;
  private final GeoPoint centre;
  private final double radiusM;
  private boolean inside;
  private long crossings;
  private double edgeM;

  /**
   * Draws the mask; the scooter is outside it until a fix says otherwise.
   *
   * @param boot the running boot, so that each boot draws other edges
   */
  ZoneMask(Zone zone, Secret secret, int boot) {
    this.zone = zone;
    this.secret = secret;
    this.boot = boot;
    // The root makes the centre uniform over the area between the least shift and the radius.
    double least = LEAST_SHIFT * LEAST_SHIFT;
    double shift = Math.sqrt(least + (1 - least) * drawn("shift"));
    this.centre =
        new GeoPoint(zone.latDeg(), zone.lonDeg())
            .moved(2 * Math.PI * drawn("bearing"), shift * zone.radiusM());
    this.radiusM = zone.radiusM() * (1 + shift + (MOST_RADIUS - 1 - shift) * drawn("growth"));
    drawEdge();
  }

  /**
   * Returns whether the position of the next second is hidden. A second without a fix is hidden if
   * the second before was, so that entering a building does not end the hiding.
   */
  boolean hides(Sample second) {
    if (second.get(Quantity.LAT).isPresent() && second.get(Quantity.LON).isPresent()) {
      boolean now = distanceM(second) <= edgeM;
      if (now != inside) {
        inside = now;
        crossings++;
        drawEdge();
      }
    }
    return inside;
  }

  /** Returns the least distance in metres from the centre that the fix's accuracy allows. */
  private double distanceM(Sample fix) {
    GeoPoint place =
        new GeoPoint(fix.get(Quantity.LAT).orElseThrow(), fix.get(Quantity.LON).orElseThrow());
    return centre.metresTo(place) - fix.get(Quantity.HACC).orElse(ASSUMED_HACC_M);
  }

  /** Draws the edge of the next crossing. */
  private void drawEdge() {
    double share = drawn("edge " + boot + " " + crossings) + (inside ? 1 : 0);
    edgeM = radiusM + TRIM * share * zone.radiusM();
  }

  private double drawn(String what) {
    return secret.share("zone " + zone.definition() + " " + what);
  }
}
