package dev.streetbox.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.StoreAccount;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes rows as one HTML page with track, curves and summary, which loads nothing from a network.
 * Reads the store twice: for the summary of all rows, and for the rows of the page.
 */
public final class HtmlPage {
  /** Limits the rows of a page, so that a telephone's browser can draw them. */
  public static final long MAX_ROWS = 50_000;

  private static final JsonFactory JSON = new JsonFactory().setCharacterEscapes(new HtmlSafe());

  private final OutboxExport export;
  private final Optional<Quantity> trackQuantity;
  private final long maxRows;

  /**
   * Describes a page of an export's rows.
   *
   * @param choice the quantity by which the track is coloured when the page opens
   * @param mostRows limits the rows of the page: of more rows, every n-th is drawn
   */
  public HtmlPage(OutboxExport export, Optional<Quantity> choice, long mostRows) {
    this.export = export;
    this.trackQuantity = choice;
    this.maxRows = mostRows;
  }

  /**
   * Writes the page; on an error, the page is left incomplete.
   *
   * @throws IOException if the store cannot be read or the page cannot be written
   */
  public void write(StoreView view, PrintWriter out) throws IOException {
    RowSummary summary = new RowSummary();
    for (StoreAccount storeAccount : view.accounts()) {
      summary.addAccount(storeAccount);
    }
    export.forEachRow(
        view,
        out,
        (row, timeline) ->
            summary.add(row, timeline.utcMs(row.tickMs()), OutboxExport.flags(row, timeline)));
    String[] page = resource("page.html").split("<!--[a-z]+-->", -1);
    out.print(page[0]);
    out.print(resource("page.css"));
    out.print(page[1]);
    data(view, summary, out);
    out.print(page[2]);
    for (String script : List.of("rows.js", "map.js", "curves.js", "page.js")) {
      out.print(resource(script));
    }
    out.print(page[3]);
    out.flush();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream("/export/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void data(StoreView view, RowSummary summary, PrintWriter out) throws IOException {
    long stride = Math.max(1, (summary.rows() + maxRows - 1) / maxRows);
    List<Quantity> columns = List.copyOf(summary.tallies().keySet());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("box", export.box());
      json.writeNumberField("stride", stride);
      json.writeStringField("choice", trackQuantity.map(Quantity::key).orElse(""));
      summary(json, summary);
      quantities(json, summary);
      flags(json, summary);
      json.writeArrayFieldStart("rows");
      long[] count = {0};
      export.forEachRow(
          view,
          out,
          (row, timeline) -> {
            if (count[0]++ % stride == 0) {
              row(json, columns, row, timeline);
            }
          });
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void summary(JsonGenerator json, RowSummary summary) throws IOException {
    json.writeObjectFieldStart("summary");
    json.writeNumberField("rows", summary.rows());
    json.writeNumberField("boots", summary.boots());
    json.writeNumberField("first_t", summary.firstUtcMs());
    json.writeNumberField("last_t", summary.lastUtcMs());
    json.writeNumberField("off_ms", summary.offMs());
    json.writeNumberField("metres", Math.round(summary.distanceM()));
    json.writeObjectFieldStart("missing");
    for (Map.Entry<String, Long> reason : summary.missing().entrySet()) {
      json.writeNumberField(reason.getKey(), reason.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Writes the quantities in the order of the rows' columns. */
  private static void quantities(JsonGenerator json, RowSummary summary) throws IOException {
    json.writeArrayFieldStart("quantities");
    for (Map.Entry<Quantity, Tally> entry : summary.tallies().entrySet()) {
      Quantity quantity = entry.getKey();
      Tally tally = entry.getValue();
      json.writeStartObject();
      json.writeStringField("key", quantity.key());
      json.writeStringField("label", quantity.label());
      json.writeStringField("unit", quantity.unit());
      json.writeNumberField("decimals", quantity.decimals());
      json.writeBooleanField("detail", quantity.isDetail());
      json.writeNumberField("mask", Quality.bits(quantity.group().flags()));
      json.writeNumberField("count", tally.count());
      json.writeNumberField("flagged", tally.flagged());
      if (tally.mean().isPresent()) {
        RowJson.writeValue(json, "mean", quantity, tally.mean().getAsDouble());
      }
      RowJson.writeValue(json, "min", quantity, tally.min());
      RowJson.writeValue(json, "max", quantity, tally.max());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void flags(JsonGenerator json, RowSummary summary) throws IOException {
    json.writeArrayFieldStart("flags");
    for (Quality flag : Quality.values()) {
      json.writeStartObject();
      json.writeStringField("key", flag.key());
      json.writeNumberField("bit", flag.bit());
      json.writeNumberField("rows", summary.flags().getOrDefault(flag, 0L));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes {@code [boot, seq, t, q, each quantity or null]}. */
  private static void row(JsonGenerator json, List<Quantity> columns, Row row, Timeline timeline)
      throws IOException {
    json.writeRaw("\n");
    json.writeStartArray();
    json.writeNumber(row.boot());
    json.writeNumber(row.seq());
    json.writeNumber(timeline.utcMs(row.tickMs()));
    json.writeNumber(Quality.bits(OutboxExport.flags(row, timeline)));
    for (Quantity column : columns) {
      if (row.readings().containsKey(column)) {
        json.writeNumber(RowJson.plain(column, row.readings().get(column)));
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }
}
