package dev.streetbox.driver;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * gpsd's report of time, position and velocity (gpsd_json(5), TPV). A receiver in trouble sends old
 * coordinates, a position without its time, or heights below the sea: only what is whole and
 * plausible becomes a reading.
 */
record Tpv(GpsdReport report) {
  /** There is no position: it takes the old one off the board. */
  static final Sample NO_FIX = new Sample(Map.of(), Set.of(Quality.GNSS_NONE));

  private static final int TWO_D = 2;
  private static final int THREE_D = 3;
  private static final double MAX_ERROR_M = 100_000; // an error beyond it names no place on the map
  private static final double MAX_SPEED_MPS = 100;
  private static final double MIN_ALTITUDE_M = -500; // the Dead Sea's shore is at -430
  private static final double MAX_ALTITUDE_M = 9_000;

  /** 0 unknown (or not one of these), 1 no fix, 2 two dimensions, 3 three. */
  int mode() {
    double mode = report.number("mode").orElse(0);
    return mode >= 1 && mode <= THREE_D ? (int) mode : 0;
  }

  /** Whether the receiver has a fix of two dimensions or three. */
  boolean hasFix() {
    return mode() >= TWO_D;
  }

  /** The time of day it names, in ms since 1970, however improbable; empty if it is no time. */
  OptionalLong utcMs() {
    try {
      return OptionalLong.of(Instant.parse(report.text("time").orElse("")).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * What it says about the place: {@link #NO_FIX}, a position with what belongs to it, or {@link
   * Sample#NOTHING} if it has a fix but not the whole of it (time, latitude, longitude): such
   * reports stand between complete ones and do not withdraw them.
   */
  Sample sample() {
    if (!hasFix()) {
      return NO_FIX;
    }
    OptionalDouble lat = report.number("lat");
    OptionalDouble lon = report.number("lon");
    if (lat.isEmpty() || lon.isEmpty() || utcMs().isEmpty()) {
      return Sample.NOTHING;
    }
    SampleBuilder builder = new SampleBuilder();
    put(builder, Quantity.LAT, lat, -90, 90);
    put(builder, Quantity.LON, lon, -180, 180);
    boolean nowhere = lat.getAsDouble() == 0 && lon.getAsDouble() == 0; // no scooter on that sea
    if (nowhere || builder.build().flags().contains(Quality.OUT_OF_RANGE)) {
      return new Sample(Map.of(), Set.of(Quality.GNSS_NONE, Quality.OUT_OF_RANGE));
    }
    putRest(builder);
    return builder.build();
  }

  private void putRest(SampleBuilder builder) {
    OptionalDouble accuracy = accuracy();
    put(builder, Quantity.HACC, accuracy, 0, MAX_ERROR_M);
    builder.flagIf(accuracy.orElse(0) > MAX_ERROR_M, Quality.GNSS_POOR);
    if (mode() == THREE_D) {
      put(builder, Quantity.ALT, firstPresent("altMSL", "alt"), MIN_ALTITUDE_M, MAX_ALTITUDE_M);
    }
    put(builder, Quantity.SPEED, report.number("speed"), 0, MAX_SPEED_MPS);
    put(builder, Quantity.COURSE, course(), 0, Math.nextDown(360.0));
  }

  /**
   * The horizontal error in m. Without {@code eph} it is the diagonal of the errors along east and
   * north: for 95 % along each axis the larger of the two covers too little of the plane, the
   * diagonal never.
   */
  private OptionalDouble accuracy() {
    OptionalDouble eph = positive("eph");
    OptionalDouble epx = positive("epx");
    OptionalDouble epy = positive("epy");
    if (eph.isPresent() || epx.isEmpty() || epy.isEmpty()) {
      return eph;
    }
    return OptionalDouble.of(Math.hypot(epx.getAsDouble(), epy.getAsDouble()));
  }

  /** An error of 0 or less is a receiver that does not know it. */
  private OptionalDouble positive(String name) {
    OptionalDouble number = report.number(name);
    return number.orElse(0) > 0 ? number : OptionalDouble.empty();
  }

  /** Degrees; a row has whole ones, so that the last half of one before north is north. */
  private OptionalDouble course() {
    OptionalDouble track = report.number("track");
    boolean north = track.orElse(0) >= 359.5 && track.orElse(0) <= 360;
    return north ? OptionalDouble.of(0) : track;
  }

  private OptionalDouble firstPresent(String first, String second) {
    OptionalDouble number = report.number(first);
    return number.isPresent() ? number : report.number(second);
  }

  /** Takes a value if there is one. */
  private static void put(
      SampleBuilder builder,
      Quantity quantity,
      OptionalDouble value,
      double lowest,
      double highest) {
    value.ifPresent(known -> builder.put(quantity, known, lowest, highest));
  }
}
