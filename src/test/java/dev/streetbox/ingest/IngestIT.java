package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs a whole ingest between a scripted source and a real PostgreSQL. */
class IngestIT {
  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;

  /** Uses tables of its own. */
  IngestIT() throws SQLException {
    tables = SHARED.tables();
  }

  /** Runs an ingest until everything is acknowledged. */
  private ScriptedMessages ingest(List<Message> messages, String query) throws IOException {
    ScriptedMessages source = new ScriptedMessages(messages, () -> tables.line(query));
    try (Ingest ingest = new Ingest(tables.settings(), source, tables.time())) {
      ingest.run(source::isAcknowledged);
    }
    return source;
  }

  @Test
  void messagesAreAcknowledgedAfterTheyCanBeRead() throws IOException {
    ScriptedMessages source =
        ingest(
            List.of(box.batch(1, 1, 2), box.raw("live", "{")),
            "select count(*), (select count(*) from quarantine) from row");
    assertEquals("2 1", source.seenAtAcknowledgement());
    assertTrue(source.isClosed());
  }

  @Test
  void messagesThatTakeMuchMemoryAreStoredBySeveralTransactions() throws IOException {
    List<Message> messages = new ArrayList<>();
    for (int boot = 1; boot <= 20; boot++) {
      messages.add(box.message("about", boot, ",\"x\":\"" + "x".repeat(400_000) + "\""));
    }
    // Each is taken for 4.4 MB, and a transaction ends at 64 MiB.
    ScriptedMessages source =
        ingest(messages, "select count(*), count(distinct xmin::text) from about");
    assertEquals("20 2", source.seenAtAcknowledgement());
  }

  @Test
  void rowsThatComeRightBehindACorrectionHaveTheTimeThatWasSent() throws IOException {
    long correctedMs = SentMessages.startMs(1) + 400;
    Message correction =
        box.message(
            "event",
            1,
            ",\"kind\":\"time\",\"dated_boot\":1,\"last\":1,\"dated_t0\":%d,\"dated_tq\":\"gnss\",\"rev\":1"
                .formatted(correctedMs));
    ScriptedMessages source =
        ingest(
            List.of(box.batch(1, 1, 1), correction, box.batch(1, 2, 2, correctedMs, "gnss", "")),
            "select string_agg((extract(epoch from t) * 1000 - %d)::bigint::text, ' ' order by seq) from sample"
                .formatted(SentMessages.startMs(1)));
    assertEquals("1400 2400", source.seenAtAcknowledgement());
  }

  @Test
  void holesAreAskedForThroughTheSource() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 3, 3), box.state(1, "online")));
    tables.execute("update setting set value = 0 where key = 'resend_after_s'");
    ScriptedMessages source = ingest(List.of(box.batch(1, 4, 4)), "select count(*) from row");
    assertEquals(
        List.of("t/v1/sb-1/cmd/resend"), source.published().stream().map(Message::topic).toList());
  }
}
