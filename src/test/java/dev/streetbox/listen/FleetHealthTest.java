package dev.streetbox.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetHealthTest {
  private static final long NOW_MS = 1_795_420_805_000L;
  private static final String ROWS =
      "{\"v\":1,\"box\":\"%s\",\"boot\":41,\"first\":1,\"last\":4,\"rows\":["
          + "{\"seq\":1,\"t\":1795420800000,\"tq\":\"gnss\",\"q\":0},"
          + "{\"seq\":4,\"t\":1795420803500,\"tq\":\"gnss\",\"q\":0}],\"drops\":[[2,2,\"store_full\"]]}";

  private final FleetHealth health = new FleetHealth();
  private final Audit audit = new Audit();
  private final BoxMessageParser parser = new BoxMessageParser("streetbox/v1");

  private void receive(String box, String topic, String body, boolean retained)
      throws MalformedMessageException {
    byte[] payload = body.getBytes(StandardCharsets.UTF_8);
    Message message =
        new Message("streetbox/v1/" + box + "/" + topic, payload, "application/json", retained);
    BoxMessage received = parser.read(message);
    List<BoxMessage.SentRow> unused = audit.add(received);
    health.add(received, message, NOW_MS);
  }

  private List<String> metrics() {
    return health.text(audit.accounts(), 3).lines().filter(l -> !l.startsWith("#")).toList();
  }

  @Test
  void eachBoxHasItsStateItsNewestRowAndItsAccount() throws MalformedMessageException {
    String online = "{\"v\":1,\"box\":\"sb-0042\",\"boot\":41,\"state\":\"online\"}";
    receive("sb-0042", "state", online, true);
    receive("sb-0042", "live", ROWS.formatted("sb-0042"), false);
    receive(
        "sb-0042", "diag", "{\"v\":1,\"box\":\"sb-0042\",\"faults\":[{\"place\":\"pm\"}]}", false);
    receive("sb-0043", "state", online.replace("0042", "0043").replace("online", "offline"), true);
    assertEquals(
        List.of(
            "streetbox_box_online{box=\"sb-0042\"} 1",
            "streetbox_box_online{box=\"sb-0043\"} 0",
            "streetbox_box_last_message_timestamp_seconds{box=\"sb-0042\"} 1795420805",
            "streetbox_box_last_row_timestamp_seconds{box=\"sb-0042\"} 1.7954208035E9",
            "streetbox_box_rows_received_total{box=\"sb-0042\"} 2",
            "streetbox_box_rows_received_total{box=\"sb-0043\"} 0",
            "streetbox_box_rows_lost_total{box=\"sb-0042\"} 1",
            "streetbox_box_rows_lost_total{box=\"sb-0043\"} 0",
            "streetbox_box_rows_unexplained{box=\"sb-0042\"} 1",
            "streetbox_box_rows_unexplained{box=\"sb-0043\"} 0",
            "streetbox_box_events_total{box=\"sb-0042\"} 0",
            "streetbox_box_events_total{box=\"sb-0043\"} 0",
            "streetbox_box_faults{box=\"sb-0042\"} 1",
            "streetbox_malformed_messages_total 3"),
        metrics());
  }

  @Test
  void everyLineHasTheFormOfThePrometheusText() throws MalformedMessageException {
    receive("sb-0042", "live", ROWS.formatted("sb-0042"), false);
    Pattern form =
        Pattern.compile("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{box=\"[a-z0-9-]+\"\\})? [0-9.E-]+");
    String text = health.text(audit.accounts(), 0);
    assertTrue(text.endsWith("\n"));
    text.lines().forEach(line -> assertTrue(form.matcher(line).matches(), line));
  }

  @Test
  void aSecondReadingOfTheAccountIsNotAddedToTheFirst() throws MalformedMessageException {
    receive("sb-0042", "live", ROWS.formatted("sb-0042"), false);
    assertEquals(metrics(), metrics());
  }

  @Test
  void theFileIsReplacedAsAWhole(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("streetbox.prom");
    Path unused = Files.writeString(file, "old");
    health.write(file, audit.accounts(), 1);
    assertTrue(Files.readString(file).endsWith("streetbox_malformed_messages_total 1\n"));
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(List.of(file), files.toList());
    }
    Path nowhere = dir.resolve("missing").resolve("x.prom");
    String message =
        assertThrows(IOException.class, () -> health.write(nowhere, audit.accounts(), 1))
            .getMessage();
    assertTrue(message.contains(nowhere.toString()));
    assertFalse(Files.exists(nowhere));
  }
}
