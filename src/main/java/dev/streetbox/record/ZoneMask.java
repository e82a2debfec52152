package dev.streetbox.record;

import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;

/**
 * What hides one zone: a circle that holds the zone whole, but has another centre and another
 * radius, both drawn from the box's secret once and for all. Positions that are sent end at its
 * edge, so that many crossings tell its centre well, and the zone's only to within half the zone's
 * radius or more. If they were drawn anew each time, the mean of many would tell.
 *
 * <p>The edge itself is drawn anew for each crossing, further out for leaving than for entering:
 * what is cut off is not always the same, and a scooter that stands at the edge stays where it is.
 * An entry needs no rows taken back, because its edge is drawn before it comes.
 *
 * <p>In multiples of the zone's radius r: the centre is 0.5 to 1 away, the radius reaches beyond
 * the zone and is 2 at most, the edge 0 to 0.125 (in) and 0.125 to 0.25 (out) beyond that. So all
 * that is hidden lies within 3.25 r of the zone's centre, and all within r is hidden. Used by one
 * thread.
 */
final class ZoneMask {
  private static final double LEAST_SHIFT = 0.5;
  private static final double MOST_RADIUS = 2;
  private static final double TRIM = 0.125;

  /** A fix that does not say how far it may be off is as bad as one that is flagged for it. */
  private static final double UNSAID_M = 20;

  private final Zone zone;
  private final Secret secret;
  private final int boot;
  private final GeoPoint centre;
  private final double radiusM;
  private boolean inside;
  private long crossings;
  private double edgeM;

  /**
   * A veil with the scooter outside of it.
   *
   * @param boot the boot that is running: its crossings are other ones than those before
   */
  ZoneMask(Zone zone, Secret secret, int boot) {
    this.zone = zone;
    this.secret = secret;
    this.boot = boot;
    // Each spot of the ring between the least shift and the radius is as likely as any other.
    double least = LEAST_SHIFT * LEAST_SHIFT;
    double shift = Math.sqrt(least + (1 - least) * drawn("shift"));
    this.centre =
        new GeoPoint(zone.latDeg(), zone.lonDeg())
            .moved(2 * Math.PI * drawn("bearing"), shift * zone.radiusM());
    this.radiusM = zone.radiusM() * (1 + shift + (MOST_RADIUS - 1 - shift) * drawn("growth"));
    drawEdge();
  }

  /**
   * Takes the next second and tells whether its position is hidden. Without a fix it is what it was
   * before: who goes indoors does not come out by that.
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

  /** From the centre to the nearest place where the scooter may be. */
  private double distanceM(Sample fix) {
    GeoPoint place =
        new GeoPoint(fix.get(Quantity.LAT).orElseThrow(), fix.get(Quantity.LON).orElseThrow());
    return centre.metresTo(place) - fix.get(Quantity.HACC).orElse(UNSAID_M);
  }

  /** The edge of the next crossing. */
  private void drawEdge() {
    double share = drawn("edge " + boot + " " + crossings) + (inside ? 1 : 0);
    edgeM = radiusM + TRIM * share * zone.radiusM();
  }

  private double drawn(String what) {
    return secret.share("zone " + zone.definition() + " " + what);
  }
}
