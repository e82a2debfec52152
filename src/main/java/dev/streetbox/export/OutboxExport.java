package dev.streetbox.export;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the rows of a period out of the store, dated, in the order of boot and seq. Only one page
 * of rows is in memory.
 */
public final class OutboxExport {

  /** Consumes rows. */
  @FunctionalInterface
  interface RowConsumer {
    /** Consumes the next row, which the timeline dates. */
    void accept(Row row, Timeline timeline) throws IOException;
  }

  private final String box;
  private final Instant from;
  private final Instant to;

  /**
   * Describes the rows of a box in a period.
   *
   * @param from the first instant of the period
   * @param to the first instant after the period
   */
  public OutboxExport(String box, Instant from, Instant to) {
    this.box = box;
    this.from = from;
    this.to = to;
  }

  /** Returns the id of the box. */
  String box() {
    return box;
  }

  /**
   * Prints the rows as {@code streetbox listen} prints them.
   *
   * @throws IOException if the store cannot be read or the rows cannot be written
   */
  public void print(StoreView view, RowPrinter.Format format, PrintWriter out) throws IOException {
    RowPrinter printer = new RowPrinter(format, out);
    forEachRow(
        view,
        out,
        (row, timeline) -> {
          BoxMessage.Rows boot =
              new BoxMessage.Rows(box, row.boot(), 0, false, false, List.of(), List.of());
          printer.print(boot, new BoxMessage.SentRow(row.seq(), sentFields(row, timeline)));
        });
  }

  /**
   * Passes each row of the period to a consumer.
   *
   * @param out the writer that the consumer uses; an error of the writer ends the export
   * @throws IOException if the store cannot be read or the rows cannot be written
   */
  void forEachRow(StoreView view, PrintWriter out, RowConsumer rows) throws IOException {
    view.eachPage(
        from,
        to,
        (page, timeline) -> {
          for (Row row : page) {
            rows.accept(row, timeline);
          }
          requireWritten(out);
        });
  }

  /**
   * Flushes a writer and checks it.
   *
   * @throws IOException if this or any earlier output could not be written
   */
  public static void requireWritten(PrintWriter out) throws IOException {
    if (out.checkError()) {
      throw new IOException(
          "the output cannot be written: the disk is full, or the reading program ended."
              + " Try: df -h");
    }
  }

  /** Returns a row's flags as they are sent: {@code time_est} is added for an estimated time. */
  static Set<Quality> flags(Row row, Timeline timeline) {
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    flags.addAll(row.flags());
    if (timeline.source(row.tickMs()) == TimeSource.EST) {
      flags.add(Quality.TIME_EST);
    }
    return flags;
  }

  /** Returns a row's fields as they are sent, each as JSON text. */
  static Map<String, String> sentFields(Row row, Timeline timeline) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>(2 * row.readings().size() + 8);
    fields.put("seq", Long.toString(row.seq()));
    fields.put("t", Long.toString(timeline.utcMs(row.tickMs())));
    fields.put("tq", '"' + timeline.source(row.tickMs()).key() + '"');
    row.readings()
        .forEach((quantity, value) -> fields.put(quantity.key(), RowJson.plain(quantity, value)));
    fields.put("q", Integer.toString(Quality.bits(flags(row, timeline))));
    return fields;
  }
}
