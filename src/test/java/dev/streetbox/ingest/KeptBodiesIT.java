package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in a real PostgreSQL the messages whose bodies are kept whole. */
class KeptBodiesIT {
  private static final String BOX = "select online, boot, diag ->> 'faults' from box";

  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;

  /** Uses tables of its own. */
  KeptBodiesIT() throws SQLException {
    tables = SHARED.tables();
  }

  @Test
  void theStateOfAnOlderBootReplacesNoNewerOne() throws IOException, SQLException {
    assertTrue(tables.store(box.state(2, "online")));
    assertTrue(tables.store(box.state(1, "offline")));
    assertEquals("t 2 null", tables.line(BOX));
    assertTrue(tables.store(box.state(2, "offline")));
    assertEquals("f 2 null", tables.line(BOX));
  }

  @Test
  void aDiagnosisIsKeptOfABoxThatHasSentItsState() throws IOException, SQLException {
    Message diagnosis = box.message("diag", 1, ",\"faults\":[\"gnss\"]");
    assertTrue(tables.store(diagnosis));
    assertEquals(List.of(), tables.lines(BOX));
    assertTrue(tables.store(box.state(1, "online"), new SentMessages("sb-2").batch(1, 1, 1)));
    assertTrue(tables.store(diagnosis));
    assertEquals("t 1 [\"gnss\"]", tables.line(BOX));
  }

  @Test
  void aDescriptionIsKeptEachTimeThatItChanges() throws IOException, SQLException {
    Message one = box.message("about", 1, ",\"parts\":[\"sps30\"]");
    Message other = box.message("about", 1, ",\"parts\":[]");
    for (Message about : List.of(one, one, other, other, one)) {
      assertTrue(tables.store(about));
      assertTrue(tables.store(new SentMessages("sb-2").message("about", 1, ",\"parts\":[]")));
    }
    assertEquals(
        List.of("[\"sps30\"]", "[]", "[\"sps30\"]"),
        tables.lines("select body ->> 'parts' from about where box = 'sb-1' order by received_at"));
    assertEquals("1", tables.line("select count(*) from about where box = 'sb-2'"));
  }

  @Test
  void theFirstAnswerToACommandStays() throws IOException, SQLException {
    assertTrue(tables.store(answer("\"cmd\":\"set\",\"ok\":true")));
    assertTrue(tables.store(answer("\"cmd\":\"set\",\"ok\":false")));
    assertTrue(tables.store(box.message("ack", 1, ",\"cmd\":\"set\",\"ok\":true")));
    assertEquals("c-1 set t", tables.line("select id, cmd, ok from answer"));
  }

  private Message answer(String members) {
    return box.message("ack", 1, ",\"id\":\"c-1\"," + members);
  }

  @Test
  void anEventHasItsTimeAndPlaceAndDatesItsBoot() throws IOException, SQLException {
    String members =
        ",\"id\":\"e-1\",\"kind\":\"report\",\"t\":%d,\"t0\":%d,\"tq\":\"gnss\",\"lat\":40.07,\"lon\":-3"
            .formatted(SentMessages.startMs(7) + 5_000, SentMessages.startMs(7));
    assertTrue(tables.store(box.message("event", 7, members)));
    assertEquals(
        "report 5 gnss 40.07 -3 7",
        tables.line(
            "select kind, extract(epoch from t - t0)::int, e.tq, lat, lon, boot from event e"
                + " join boot using (boot_id)"));
  }

  @Test
  void eventsWithoutAnIdAreTwoIfTheirContentDiffers() throws IOException, SQLException {
    Message brake = box.message("event", 1, ",\"kind\":\"brake\",\"t\":1795507201000");
    Message later = box.message("event", 1, ",\"kind\":\"brake\",\"t\":1795507202000");
    assertTrue(tables.store(brake, later, brake));
    assertEquals("2", tables.line("select count(*) from event where kind = 'brake'"));
  }

  @Test
  void aReportHasTheFurthestStatusThatItsBoxConfirmed() throws IOException, SQLException {
    assertTrue(tables.store(box.message("event", 1, ",\"id\":\"e-1\",\"kind\":\"report\"")));
    for (String status : List.of("dispatched", "received")) {
      String answer =
          ",\"id\":\"c-%1$s\",\"cmd\":\"report-status\",\"ok\":true,"
              + "\"result\":{\"id\":\"e-1\",\"status\":\"%1$s\"}";
      assertTrue(tables.store(box.message("ack", 1, answer.formatted(status))));
    }
    assertEquals("dispatched f", tables.line("select status, cancelled from report"));
  }

  @Test
  void theCalibrationOfABootIsThatOfTheNewestRows() throws IOException, SQLException {
    long seq = 1;
    for (String cal : List.of("", ",\"cal\":\"2-abc\"", ",\"cal\":\"3-abc\"")) {
      assertTrue(tables.store(box.batch(1, seq, seq, SentMessages.startMs(1), "gnss", cal)));
      seq++;
    }
    assertEquals("3-abc", tables.line("select cal from boot"));
    assertTrue(tables.store(box.batch(1, seq, seq)));
    assertEquals("null", tables.line("select cal from boot"));
  }
}
