package dev.streetbox.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hands rows as line protocol to a real VictoriaMetrics and asks it for them. */
class LineProtocolIT {
  private static final int ROWS = 60;

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();

  private String answer(String address, HttpRequest.BodyPublisher body) throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).POST(body).build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(2, answer.statusCode() / 100, answer::body);
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Returns a minute of rows, the last one without a quantity. */
  private static String lines(long startMs) {
    StringWriter text = new StringWriter();
    RowPrinter printer = new RowPrinter(RowPrinter.Format.influx, new PrintWriter(text));
    List<BoxMessage.SentRow> rows = new ArrayList<>();
    for (int i = 1; i <= ROWS; i++) {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("t", Long.toString(startMs + i * 1000L));
      fields.put("tq", "\"gnss\"");
      if (i < ROWS) {
        fields.put("pm25_ugm3", Integer.toString(i));
      }
      fields.put("q", "0");
      rows.add(new BoxMessage.SentRow(i, fields));
    }
    BoxMessage.Rows batch = new BoxMessage.Rows("sb-0042", 41, 0, true, false, rows, List.of());
    rows.forEach(row -> printer.print(batch, row));
    return text.toString();
  }

  @Test
  void aStoreTakesTheLinesAndAnswersWithTheirValues() throws IOException {
    int port = Mosquitto.freePort();
    String store = "http://127.0.0.1:" + port;
    try (ChildProcess server =
        ChildProcess.start(
            dir,
            Program.VICTORIA_METRICS,
            "-storageDataPath=" + dir.resolve("store"),
            "-httpListenAddr=127.0.0.1:" + port,
            "-memory.allowedBytes=64MB",
            "-search.latencyOffset=0s")) {
      Eventually.holds("a store that is up", () -> isUp(store, server));
      long startMs = System.currentTimeMillis() - 120_000;
      String unused = answer(store + "/write", HttpRequest.BodyPublishers.ofString(lines(startMs)));
      // One series a field: pm25, boot, seq, q. The row without a quantity is not there.
      Eventually.holds(
          "the rows",
          () -> {
            String flushed =
                answer(store + "/internal/force_flush", HttpRequest.BodyPublishers.noBody());
            String rows =
                answer(
                    store + "/api/v1/export?match[]=streetbox_pm25_ugm3".replace("[]", "%5B%5D"),
                    HttpRequest.BodyPublishers.noBody());
            return flushed.isEmpty()
                && rows.contains("\"box\":\"sb-0042\"")
                && rows.contains("\"values\":[1,2,3,")
                && rows.contains(",58,59],\"timestamps\":[" + (startMs + 1000) + ",");
          });
      String boots =
          answer(
              store + "/api/v1/export?match%5B%5D=streetbox_boot",
              HttpRequest.BodyPublishers.noBody());
      assertTrue(boots.contains("\"values\":[41,41,"), boots);
    }
  }

  private boolean isUp(String store, ChildProcess server) throws IOException {
    assertTrue(server.isAlive(), server::toString);
    try {
      return answer(store + "/health", HttpRequest.BodyPublishers.noBody()).equals("OK");
    } catch (IOException e) {
      return false;
    }
  }
}
