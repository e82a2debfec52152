package dev.streetbox.hj212;

/** Holds the rectangle for which a station speaks, in degrees WGS-84; it holds its edges. */
public record Area(double south, double west, double north, double east) {
  /** Refuses a rectangle without an inside, or beyond the poles or the date line. */
  public Area {
    if (!(south >= -90
        && south < north
        && north <= 90
        && west >= -180
        && west < east
        && east <= 180)) {
      throw new IllegalArgumentException("no area: south, west, north and east in degrees");
    }
  }

  /** Returns whether a place lies in the area. */
  boolean contains(double lat, double lon) {
    return lat >= south && lat <= north && lon >= west && lon <= east;
  }
}
