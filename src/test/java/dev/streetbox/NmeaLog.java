package dev.streetbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a receiver's log of a ride to the north-east: GGA and RMC at 1 Hz. */
final class NmeaLog {
  /** Latitude at which the ride begins, °; exact in NMEA's minutes, as the other two values are. */
  private static final double LAT = 40.07;

  private static final double LON = 116.3265;
  private static final double STEP = 0.00005;

  private NmeaLog() {}

  /** Returns the latitude at a second of the ride, as a row has it. */
  static String lat(int second) {
    return decimal(LAT + second * STEP);
  }

  /** Returns the longitude at a second of the ride, as a row has it. */
  static String lon(int second) {
    return decimal(LON + second * STEP);
  }

  /** Returns a log that begins at noon UTC of a day (ddmmyy). */
  static String text(int seconds, String day) {
    List<String> lines = new ArrayList<>(List.of("# Name: a ride for Streetbox's tests"));
    for (int second = 0; second < seconds; second++) {
      String time = String.format(Locale.ROOT, "12%02d%02d.00", second / 60, second % 60);
      String at = minutes(LAT + second * STEP, 2) + ",N," + minutes(LON + second * STEP, 3) + ",E";
      lines.add(sentence("GPGGA," + time + "," + at + ",1,09,0.9,45.0,M,-8.0,M,,"));
      lines.add(sentence("GPRMC," + time + ",A," + at + ",13.6,45.0," + day + ",,,A"));
    }
    return String.join("\r\n", lines) + "\r\n";
  }

  /** Returns a log of a receiver that knows the time and has no fix, from noon UTC of a day. */
  static String withoutSky(int seconds, String day) {
    List<String> lines = new ArrayList<>(List.of("# Name: a receiver under a roof"));
    for (int second = 0; second < seconds; second++) {
      String time = String.format(Locale.ROOT, "12%02d%02d.00", second / 60, second % 60);
      lines.add(sentence("GPGGA," + time + ",,,,,0,00,99.9,,M,,M,,"));
      lines.add(sentence("GPRMC," + time + ",V,,,,,,," + day + ",,,N"));
    }
    return String.join("\r\n", lines) + "\r\n";
  }

  private static String decimal(double degrees) {
    return java.math.BigDecimal.valueOf(Math.rint(degrees * 1e6) / 1e6)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String minutes(double degrees, int width) {
    int whole = (int) degrees;
    return String.format(Locale.ROOT, "%0" + width + "d%08.5f", whole, (degrees - whole) * 60);
  }

  /**
   * Returns a sentence with its checksum: the exclusive or of all characters between $ and * (NMEA
   * 0183).
   */
  private static String sentence(String body) {
    int checksum = body.chars().reduce(0, (a, b) -> a ^ b);
    return String.format(Locale.ROOT, "$%s*%02X", body, checksum);
  }
}
