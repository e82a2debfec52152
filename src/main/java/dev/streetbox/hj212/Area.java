package dev.streetbox.hj212;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds the polygon for which a station speaks, in degrees WGS-84; it holds its edges.
 *
 * @param corners the corners in order, three at least; the last is joined to the first
 */
public record Area(List<Corner> corners) {
  /** Metres of a degree of latitude on the sphere, as the database's cells have it. */
  private static final double METRES_PER_DEGREE = 111_194.93;

  /** Tolerates the rounding of a place on an edge, in degrees: a millimetre. */
  private static final double EDGE = 1e-8;

  /**
   * Holds a corner.
   *
   * @param lat degrees north
   * @param lon degrees east
   */
  public record Corner(double lat, double lon) {
    /** Refuses what is no place. */
    public Corner {
      if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) {
        throw new IllegalArgumentException("no place: latitude and longitude in degrees");
      }
    }
  }

  /** Copies the corners, and refuses fewer than three. */
  public Area {
    corners = List.copyOf(corners);
    if (corners.size() < 3) {
      throw new IllegalArgumentException("a polygon has three corners at least");
    }
  }

  /** Returns a rectangle; refuses one without an inside, or beyond the date line. */
  public static Area rectangle(double south, double west, double north, double east) {
    if (!(south < north && west < east)) {
      throw new IllegalArgumentException("no area: south, west, north and east in degrees");
    }
    return new Area(
        List.of(
            new Corner(south, west),
            new Corner(south, east),
            new Corner(north, east),
            new Corner(north, west)));
  }

  /** Returns the cell of the map that holds a place, as the database's cell_x and cell_y do. */
  public static Area cell(double lat, double lon, int sizeM) {
    if (sizeM < 1 || !(Math.abs(lat) < 85 && Math.abs(lon) <= 180)) {
      throw new IllegalArgumentException("no cell: latitude, longitude and a size in metres");
    }
    double height = sizeM / METRES_PER_DEGREE;
    double south = Math.floor(lat / height) * height;
    double width = height / Math.cos(Math.toRadians(south + height / 2));
    double west = Math.floor(lon / width) * width;
    return rectangle(south, west, south + height, west + width);
  }

  /**
   * Reads numbers: {@code S,W,N,E} of a rectangle, or {@code LAT,LON LAT,LON LAT,LON} and more of a
   * polygon.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Area parse(String text) {
    String[] places = text.trim().split("\\s+", -1);
    if (places.length == 1) {
      double[] edges = numbers(places[0], 4);
      return rectangle(edges[0], edges[1], edges[2], edges[3]);
    }
    List<Corner> corners = new ArrayList<>();
    for (String place : places) {
      double[] numbers = numbers(place, 2);
      corners.add(new Corner(numbers[0], numbers[1]));
    }
    return new Area(corners);
  }

  /** Returns numbers that are separated by commas; refuses another count of them. */
  public static double[] numbers(String text, int count) {
    String[] words = text.split(",", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      try {
        numbers[i] = Double.parseDouble(words[i]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("no number: " + words[i], e);
      }
    }
    if (numbers.length != count) {
      throw new IllegalArgumentException(text + " is not " + count + " numbers");
    }
    return numbers;
  }

  /** Returns whether a place lies in the area or on its edge. */
  boolean contains(double lat, double lon) {
    boolean inside = false;
    Corner from = corners.get(corners.size() - 1);
    for (Corner to : corners) {
      if (isOnEdge(from, to, lat, lon)) {
        return true;
      }
      boolean crosses = (from.lat() > lat) != (to.lat() > lat);
      if (crosses
          && lon
              < from.lon()
                  + (to.lon() - from.lon()) * (lat - from.lat()) / (to.lat() - from.lat())) {
        inside = !inside;
      }
      from = to;
    }
    return inside;
  }

  private static boolean isOnEdge(Corner from, Corner to, double lat, double lon) {
    double north = to.lat() - from.lat();
    double east = to.lon() - from.lon();
    double length = Math.hypot(north, east);
    double along = ((lat - from.lat()) * north + (lon - from.lon()) * east) / length;
    double away = Math.abs((lat - from.lat()) * east - (lon - from.lon()) * north) / length;
    return away <= EDGE && along >= -EDGE && along <= length + EDGE;
  }
}
