package dev.streetbox.screen;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times and counts for people. */
public final class HumanText {
  /** Formats an instant in UTC, to the second. */
  public static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private static final long MINUTE_S = 60;
  private static final long HOUR_S = 3_600;
  private static final long DAY_S = 86_400;

  private HumanText() {}

  /**
   * Returns a duration in one unit, from milliseconds: {@code 0.4 s}, {@code 59 s}, {@code 12 min},
   * {@code 3.5 h}, {@code 2.1 d}.
   */
  public static String span(long ms) {
    long s = ms / 1_000;
    if (ms < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }
    if (s < 2 * MINUTE_S) {
      return s + " s";
    }
    if (s < 2 * HOUR_S) {
      return s / MINUTE_S + " min";
    }
    return s < 2 * DAY_S
        ? String.format(Locale.ROOT, "%.1f h", (double) s / HOUR_S)
        : String.format(Locale.ROOT, "%.1f d", (double) s / DAY_S);
  }

  /** Returns the greatest two units of a duration: {@code 3 d 4 h}, {@code 30 min 1 s}. */
  public static String duration(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }

  /**
   * Returns a whole number with a comma at each thousand: {@code 1,801}.
   *
   * @throws NumberFormatException if the digits are no whole number
   */
  static String count(String digits) {
    return String.format(Locale.ROOT, "%,d", Long.parseLong(digits));
  }
}
