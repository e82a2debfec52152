package dev.streetbox.export;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.Quantity;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prints rows as lines of NDJSON, CSV or line protocol. Used by one thread. */
public final class RowPrinter {
  /** Lists the formats of a row. */
  public enum Format {
    /** One JSON object a line: box, boot, the row's fields. Corrections of times are lines too. */
    ndjson,
    /** A header, then one line a row in the contract's columns; a cell is empty if not measured. */
    csv,
    /** InfluxDB's line protocol; a row without a measured quantity makes no line. */
    influx
  }

  private static final List<String> COLUMNS =
      Stream.of(
              Stream.of("box", "boot", "seq", "t", "tq"),
              Arrays.stream(Quantity.values()).map(Quantity::key),
              Stream.of("q"))
          .flatMap(columns -> columns)
          .toList();

  private static final Pattern NO_LETTER = Pattern.compile("[^a-z]");

  private final Format format;
  private final PrintWriter out;
  private boolean headerPrinted;

  public RowPrinter(Format format, PrintWriter out) {
    this.format = format;
    this.out = out;
  }

  /** Prints a row of a batch. */
  public void print(BoxMessage.Rows batch, BoxMessage.SentRow row) {
    switch (format) {
      case ndjson -> out.println(json(batch, row));
      case csv -> printCells(batch, row);
      case influx -> LineProtocol.line(batch, row).ifPresent(out::println);
    }
  }

  private void printCells(BoxMessage.Rows batch, BoxMessage.SentRow row) {
    if (!headerPrinted) {
      out.println(String.join(",", COLUMNS));
      headerPrinted = true;
    }
    StringBuilder line = new StringBuilder();
    for (String column : COLUMNS) {
      line.append(cell(column, batch, row)).append(',');
    }
    line.setLength(line.length() - 1);
    out.println(line);
  }

  /** Prints a correction of times in NDJSON; the other formats have no form for corrections. */
  public void print(BoxMessage.Times times) {
    if (format == Format.ndjson) {
      StringBuilder line = new StringBuilder();
      line.append("{\"box\":\"").append(times.box()).append("\",\"boot\":");
      line.append(times.boot()).append(",\"last\":").append(times.last());
      times.fields().forEach((key, value) -> line.append(",\"" + key + "\":").append(value));
      out.println(line.append('}'));
    }
  }

  private static String json(BoxMessage.Rows batch, BoxMessage.SentRow row) {
    StringBuilder line = new StringBuilder();
    line.append("{\"box\":\"").append(batch.box()).append("\",\"boot\":").append(batch.boot());
    if (batch.startMs() != 0 && row.fields().getOrDefault("tq", "").equals("\"est\"")) {
      line.append(",\"t0\":")
          .append(batch.startMs()); // A correction of the boot's times replaces t0.
    }
    for (Map.Entry<String, String> field : row.fields().entrySet()) {
      line.append(",\"").append(field.getKey()).append("\":").append(field.getValue());
    }
    return line.append('}').toString();
  }

  private static String cell(String column, BoxMessage.Rows batch, BoxMessage.SentRow row) {
    return switch (column) {
      case "box" -> batch.box();
      case "boot" -> Integer.toString(batch.boot());
      case "tq" -> NO_LETTER.matcher(row.fields().getOrDefault(column, "")).replaceAll("");
      default -> row.fields().getOrDefault(column, "").replace('"', ' ').replace(',', ' ');
    };
  }
}
