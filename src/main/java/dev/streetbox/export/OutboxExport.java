package dev.streetbox.export;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
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

/** Rows out of the store, dated, by boot and seq. Only a page of them is in memory. */
public final class OutboxExport {

  /** Takes rows. */
  @FunctionalInterface
  interface Rows {
    /** Takes the next row, which the timeline dates. */
    void take(Row row, Timeline timeline) throws IOException;
  }

  private final String box;
  private final Instant from;
  private final Instant to;

  /** The rows of a box from a moment on, up to another. */
  public OutboxExport(String box, Instant from, Instant to) {
    this.box = box;
    this.from = from;
    this.to = to;
  }

  /** Whose rows they are. */
  String box() {
    return box;
  }

  /**
   * Prints them in the form in which a subscriber prints them.
   *
   * @throws IOException if the store cannot be read on, or nothing more can be written
   */
  public void print(StoreView view, RowPrinter.Format format, PrintWriter out) throws IOException {
    RowPrinter printer = new RowPrinter(format, out);
    each(
        view,
        out,
        (row, timeline) -> {
          BoxMessage.Rows boot =
              new BoxMessage.Rows(box, row.boot(), 0, false, List.of(), List.of());
          printer.print(boot, new BoxMessage.SentRow(row.seq(), sent(row, timeline)));
        });
  }

  /**
   * Gives every wanted row away.
   *
   * @param out what they are written to: when it takes no more, this ends
   * @throws IOException if the store cannot be read on, or nothing more can be written
   */
  void each(StoreView view, PrintWriter out, Rows rows) throws IOException {
    view.eachPage(
        any -> true,
        (page, timeline) -> {
          for (Row row : page) {
            if (isWanted(Instant.ofEpochMilli(timeline.utcMs(row.tickMs())))) {
              rows.take(row, timeline);
            }
          }
          requireWritten(out);
        });
  }

  /**
   * Writes what is still kept back.
   *
   * @throws IOException if it, or anything before it, could not be written
   */
  public static void requireWritten(PrintWriter out) throws IOException {
    if (out.checkError()) {
      throw new IOException("no more can be written: the disk is full, or the reader ended");
    }
  }

  private boolean isWanted(Instant measured) {
    return !measured.isBefore(from) && measured.isBefore(to);
  }

  /** A row's flags as they are sent: with the one that its time gives. */
  static Set<Quality> flags(Row row, Timeline timeline) {
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    flags.addAll(row.flags());
    if (timeline.source(row.tickMs()) == TimeSource.EST) {
      flags.add(Quality.TIME_EST);
    }
    return flags;
  }

  /** A row's fields as they are sent, each as JSON text. */
  static Map<String, String> sent(Row row, Timeline timeline) throws IOException {
    String text = JsonText.of(json -> RowJson.writeSent(json, row, timeline));
    Map<String, String> fields = new LinkedHashMap<>(JsonTree.parse(text).scalars());
    fields.computeIfPresent("tq", (key, source) -> '"' + source + '"');
    return fields;
  }
}
