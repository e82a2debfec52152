package dev.streetbox.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Account;
import dev.streetbox.outbox.StoreView;
import dev.streetbox.publish.News;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows out of the store in the form in which a subscriber prints them. */
final class OutboxExport {
  private static final JsonFactory JSON = new JsonFactory();

  /** Rows in memory at once: an hour. */
  private static final int PAGE = 3600;

  private final String box;
  private final Instant from;
  private final Instant to;

  /** The rows of a box from a moment on, up to another. */
  OutboxExport(String box, Instant from, Instant to) {
    this.box = box;
    this.from = from;
    this.to = to;
  }

  /**
   * Prints them, by boot and seq.
   *
   * @throws IOException if the store cannot be read on, or nothing more can be written
   */
  void print(StoreView view, RowPrinter.Format format, PrintWriter out) throws IOException {
    RowPrinter printer = new RowPrinter(format, out);
    for (Account account : view.accounts()) {
      Timeline timeline = view.timeline(account.boot());
      News.Rows boot = new News.Rows(box, account.boot(), 0, false, List.of(), List.of());
      for (long first = 1; first <= account.sampled(); first += PAGE) {
        for (Row row : view.rows(new Range(account.boot(), first, first + PAGE - 1))) {
          if (isWanted(Instant.ofEpochMilli(timeline.utcMs(row.tickMs())))) {
            printer.print(boot, sent(row, timeline));
          }
        }
        if (out.checkError()) {
          throw new IOException("no more can be written: the disk is full, or the reader ended");
        }
      }
    }
  }

  private boolean isWanted(Instant measured) {
    return !measured.isBefore(from) && measured.isBefore(to);
  }

  private static News.SentRow sent(Row row, Timeline timeline) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      RowJson.writeSent(json, row, timeline);
    }
    Map<String, String> fields = new LinkedHashMap<>(JsonTree.parse(text.toString()).scalars());
    fields.computeIfPresent("tq", (key, source) -> '"' + source + '"');
    return new News.SentRow(row.seq(), fields);
  }
}
