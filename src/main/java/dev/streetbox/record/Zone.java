package dev.streetbox.record;

/**
 * Names a private place of the configuration: {@code [[privacy.zone]]}.
 *
 * @param name unique
 * @param latDeg latitude of the centre in degrees, WGS-84
 * @param lonDeg longitude of the centre in degrees, WGS-84
 * @param radiusM every position at most this far from the centre is hidden; above 0
 */
public record Zone(String name, double latDeg, double lonDeg, double radiusM) {
  /** Returns the text from which the zone's mask is drawn; it does not contain the name. */
  String definition() {
    return latDeg + " " + lonDeg + " " + radiusM;
  }

  /** Returns the name only, because the place must not get into a log or a searchable hash. */
  @Override
  public String toString() {
    return "Zone[" + name + "]";
  }
}
