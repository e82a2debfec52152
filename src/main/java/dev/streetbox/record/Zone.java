package dev.streetbox.record;

/**
 * A place that is nobody's business, as the configuration names it.
 *
 * @param name for people, unique
 * @param latDeg its centre, WGS-84
 * @param lonDeg its centre, WGS-84
 * @param radiusM how far around the centre every position is hidden at least; above 0
 */
public record Zone(String name, double latDeg, double lonDeg, double radiusM) {
  /** What makes it this zone and no other; another name makes no other zone. */
  String definition() {
    return latDeg + " " + lonDeg + " " + radiusM;
  }

  /** The name alone: where it is must not get into a log, nor into a hash that can be searched. */
  @Override
  public String toString() {
    return "Zone[" + name + "]";
  }
}
