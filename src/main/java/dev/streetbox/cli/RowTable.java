package dev.streetbox.cli;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Formats rows as lines of a table, 80 columns wide, with bars for PM2.5 and LAeq. Used by one
 * thread.
 */
final class RowTable {
  private static final int LINES_PER_HEADER = 20;
  private static final int BAR_WIDTH = 5;
  private static final double KMH = 3.6;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-8s  %-18s %4s %5s %-5s %5s %-5s %10s %5s %3s",
          "UTC",
          "latitude longitude",
          "km/h",
          "PM2.5",
          "µg/m³",
          "LAeq",
          "dB",
          "VOC index",
          "°C",
          "%RH");

  private int lines;
  private Set<Quality> shown = Set.of();

  /**
   * Returns the lines of a row: the table's header every 20 rows, the flags if they changed, the
   * row.
   *
   * @param fields the row's fields by key, as they were sent
   */
  String add(Map<String, String> fields) {
    return add(Long.parseLong(fields.get("t")), sample(fields));
  }

  private String add(long utcMs, Sample row) {
    StringBuilder text = new StringBuilder();
    if (lines++ % LINES_PER_HEADER == 0) {
      text.append(HEADER).append(System.lineSeparator());
    }
    if (!row.flags().equals(shown)) {
      shown = row.flags();
      text.append("          quality: ")
          .append(Quality.keysOrGood(shown))
          .append(System.lineSeparator());
    }
    return text.append(line(utcMs, row)).append(System.lineSeparator()).toString();
  }

  private static String line(long utcMs, Sample row) {
    return String.format(
            Locale.ROOT,
            "%s  %-18s %4s %5s %-5s %5s %-5s %10s %5s %3s",
            CLOCK.format(Instant.ofEpochMilli(utcMs)),
            position(row),
            number(row.get(Quantity.SPEED), "%.0f", KMH),
            number(row.get(Quantity.PM2_5), "%.1f", 1),
            bar(row.get(Quantity.PM2_5), 0, 150),
            number(row.get(Quantity.LAEQ), "%.1f", 1),
            bar(row.get(Quantity.LAEQ), 40, 90),
            voc(row),
            number(row.get(Quantity.TEMPERATURE), "%.1f", 1),
            number(row.get(Quantity.HUMIDITY), "%.0f", 1))
        .stripTrailing();
  }

  private static String position(Sample row) {
    return row.get(Quantity.LAT).isEmpty()
        ? "no fix"
        : String.format(
            Locale.ROOT,
            "%.5f %.5f",
            row.get(Quantity.LAT).getAsDouble(),
            row.get(Quantity.LON).orElseThrow());
  }

  /** Returns the VOC index; the raw signal would fall while a smell grows. */
  private static String voc(Sample row) {
    boolean warmingUp =
        row.get(Quantity.VOC_INDEX).isEmpty() && row.get(Quantity.VOC_RAW).isPresent();
    return warmingUp ? "warming up" : number(row.get(Quantity.VOC_INDEX), "%.0f", 1);
  }

  private static String number(OptionalDouble value, String format, double factor) {
    return value.isEmpty() ? "" : String.format(Locale.ROOT, format, value.getAsDouble() * factor);
  }

  /** Returns a bar of the value's share between two values, in eighths of a character. */
  private static String bar(OptionalDouble value, double from, double to) {
    if (value.isEmpty()) {
      return "";
    }
    double share = Math.max(0, Math.min(1, (value.getAsDouble() - from) / (to - from)));
    int eighths = (int) Math.round(share * BAR_WIDTH * 8);
    String rest = eighths % 8 == 0 ? "" : String.valueOf((char) ('\u2590' - eighths % 8));
    return "\u2588".repeat(eighths / 8) + rest;
  }

  private static Sample sample(Map<String, String> fields) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    fields.forEach(
        (key, value) ->
            Quantity.of(key).ifPresent(q -> readings.put(q, Double.parseDouble(value))));
    return new Sample(readings, Quality.of(Integer.parseInt(fields.get("q"))));
  }
}
