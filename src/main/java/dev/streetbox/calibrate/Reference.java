package dev.streetbox.calibrate;

import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds a reference station's hourly means, read from a CSV file. The file's first column is {@code
 * time}, the begin of an hour as {@code 2026-11-23T08:00:00Z} or with another offset; the other
 * columns are named as a row's fields ({@code pm25_ugm3}) and hold that hour's mean in their unit.
 * Columns of other names are ignored; an empty cell is an hour without a value.
 *
 * @param hours the means by quantity, and by the hour's begin in ms UTC since 1970
 */
public record Reference(Map<Quantity, NavigableMap<Long, Double>> hours) {
  private static final String FORM =
      "the first line must be time,pm25_ugm3 or the like, with commas or semicolons";

  /**
   * Reads a file.
   *
   * @throws IOException if the file cannot be read, or a line has another form; the message names
   *     the line
   */
  public static Reference read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "there is no " + file + ". Try: ls " + file.toAbsolutePath().getParent(), e);
    }
    Reference reference = new Reference(new EnumMap<>(Quantity.class));
    List<Optional<Quantity>> columns = columns(file, lines);
    for (int i = 1; i < lines.size(); i++) {
      try {
        reference.add(columns, cells(lines.get(i)));
      } catch (DateTimeException | IllegalArgumentException e) {
        throw new IOException(
            file + ":" + (i + 1) + ": '" + lines.get(i) + "' is no hour: " + e.getMessage(), e);
      }
    }
    return reference;
  }

  private static List<Optional<Quantity>> columns(Path file, List<String> lines)
      throws IOException {
    List<String> names = lines.isEmpty() ? List.of() : cells(lines.get(0).replace("\uFEFF", ""));
    List<Optional<Quantity>> columns = new ArrayList<>(names.stream().map(Quantity::of).toList());
    if (names.isEmpty()
        || !names.get(0).equals("time")
        || columns.stream().noneMatch(Optional::isPresent)) {
      throw new IOException(file + ":1: " + FORM);
    }
    return columns;
  }

  private void add(List<Optional<Quantity>> columns, List<String> cells) {
    if (cells.get(0).isEmpty()) {
      return;
    }
    long hour = OffsetDateTime.parse(cells.get(0)).toInstant().toEpochMilli();
    if (hour % HourlyMeans.LENGTH_MS != 0) {
      throw new IllegalArgumentException("the time is not the begin of an hour of UTC");
    }
    for (int i = 1; i < Math.min(columns.size(), cells.size()); i++) {
      if (columns.get(i).isPresent() && !cells.get(i).isEmpty()) {
        double value = Double.parseDouble(cells.get(i));
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(cells.get(i) + " is no value");
        }
        hours.computeIfAbsent(columns.get(i).get(), any -> new TreeMap<>()).put(hour, value);
      }
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("[,;]", -1)).map(String::strip).toList();
  }
}
