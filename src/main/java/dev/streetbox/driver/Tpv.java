package dev.streetbox.driver;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decodes gpsd's report of time, position and velocity (gpsd_json(5), TPV). Only complete and
 * plausible values become readings, because receivers with poor reception send old coordinates, a
 * position without its time, or heights below the sea.
 *
 * @param report the report
 * @param utcMs the report's time of day, ms since 1970, without a check of its plausibility; empty
 *     if it has none
 */
record Tpv(GpsdReport report, OptionalLong utcMs) {
  /** Sample without a position, which withdraws the last one from the board. */
  static final Sample NO_FIX = new Sample(Map.of(), Set.of(Quality.GNSS_NONE));

  /** Sample of a position that cannot be true, which withdraws the last one as well. */
  static final Sample IMPOSSIBLE =
      new Sample(Map.of(), Set.of(Quality.GNSS_NONE, Quality.OUT_OF_RANGE));

  private static final int THREE_D = 3;
  private static final double MAX_ERROR_M = 100_000; // with a greater error a position is of no use
  private static final double MAX_SPEED_MPS = 100;
  private static final double MIN_ALTITUDE_M = -500; // the shore of the Dead Sea is at -430
  private static final double MAX_ALTITUDE_M = 9_000;

  /** Length of gpsd's usual time, {@code 2026-11-28T21:00:00.000Z}. */
  private static final int TIME_LENGTH = 24;

  private static final long DAY_S = 86_400;

  /** Decodes a report. */
  Tpv(GpsdReport report) {
    this(report, utcMs(report.text("time").orElse("")));
  }

  /** Returns a time in ms since 1970; empty if it is none. */
  private static OptionalLong utcMs(String time) {
    try {
      return OptionalLong.of(usualMs(time).orElseGet(() -> Instant.parse(time).toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns a time of gpsd's usual form in ms since 1970; empty for any other text. It is read
   * digit by digit, because the JDK's parser takes several times as long, once a second.
   */
  private static OptionalLong usualMs(String time) {
    if (time.length() != TIME_LENGTH
        || time.charAt(4) != '-'
        || time.charAt(7) != '-'
        || time.charAt(10) != 'T'
        || time.charAt(13) != ':'
        || time.charAt(16) != ':'
        || time.charAt(19) != '.'
        || time.charAt(23) != 'Z') {
      return OptionalLong.empty();
    }
    try {
      LocalDate day = LocalDate.of(digits(time, 0, 4), digits(time, 5, 7), digits(time, 8, 10));
      LocalTime clock =
          LocalTime.of(digits(time, 11, 13), digits(time, 14, 16), digits(time, 17, 19));
      long seconds = day.toEpochDay() * DAY_S + clock.toSecondOfDay();
      return OptionalLong.of(seconds * 1_000 + digits(time, 20, 23));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("not a number");
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** Returns the mode: 0 unknown (also any other number), 1 no fix, 2 two dimensions, 3 three. */
  int mode() {
    double mode = report.number("mode").orElse(0);
    return mode >= 1 && mode <= THREE_D ? (int) mode : 0;
  }

  /** Returns whether the receiver has a fix of two dimensions or three. */
  boolean hasFix() {
    return mode() >= GnssState.MODE_2D;
  }

  /**
   * Returns {@link #NO_FIX}, a position with speed, course and accuracy, or {@link Sample#NOTHING}
   * if the report has a fix but not all of time, latitude and longitude, because gpsd sends such
   * reports between complete ones.
   */
  Sample sample() {
    if (!hasFix()) {
      return NO_FIX;
    }
    OptionalDouble lat = report.number("lat");
    OptionalDouble lon = report.number("lon");
    if (lat.isEmpty() || lon.isEmpty() || utcMs.isEmpty()) {
      return Sample.NOTHING;
    }
    SampleBuilder builder = new SampleBuilder();
    put(builder, Quantity.LAT, lat, -90, 90);
    put(builder, Quantity.LON, lon, -180, 180);
    boolean nullIsland = lat.getAsDouble() == 0 && lon.getAsDouble() == 0; // open sea
    if (nullIsland || builder.build().flags().contains(Quality.OUT_OF_RANGE)) {
      return IMPOSSIBLE;
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
   * Returns the horizontal error in m. Without {@code eph} it is the diagonal of the errors along
   * east and north, because with 95 % along each axis the larger of the two contains too little of
   * the plane, but the diagonal always enough.
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

  /** Returns a member above 0; a receiver sends 0 or less for an unknown error. */
  private OptionalDouble positive(String name) {
    OptionalDouble number = report.number(name);
    return number.orElse(0) > 0 ? number : OptionalDouble.empty();
  }

  /** Returns the course in degrees; from 359.5 on it is 0, because a row has whole degrees. */
  private OptionalDouble course() {
    OptionalDouble track = report.number("track");
    boolean north = track.orElse(0) >= 359.5 && track.orElse(0) <= 360;
    return north ? OptionalDouble.of(0) : track;
  }

  private OptionalDouble firstPresent(String first, String second) {
    OptionalDouble number = report.number(first);
    return number.isPresent() ? number : report.number(second);
  }

  /** Adds the value if there is one. */
  private static void put(
      SampleBuilder builder,
      Quantity quantity,
      OptionalDouble value,
      double lowest,
      double highest) {
    value.ifPresent(known -> builder.put(quantity, known, lowest, highest));
  }
}
