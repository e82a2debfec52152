package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in a real PostgreSQL what becomes of messages that cannot or must not be stored. */
class RefusedContentIT {
  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");

  private static BoxTables tables() throws SQLException {
    return SHARED.tables();
  }

  @Test
  void whatCannotBeReadIsKeptWithItsReasonAndTheOthersAreStored() throws IOException, SQLException {
    BoxTables tables = tables();
    byte[] garbage = {0, (byte) 0xff, '\\', '\n', 0};
    Message unread = new Message("t/v1/sb-1/live", garbage, "a\0b", false);
    Message nobody = new Message("t/v1/s\0/live", garbage, "", false);
    assertTrue(tables.store(box.batch(1, 1, 1), unread, nobody, box.batch(1, 2, 2)));
    assertEquals(
        List.of("t/v1/sb-1/live a\ufffdb 00ff5c0a00 t", "t/v1/s\ufffd/live  00ff5c0a00 t"),
        tables.lines(
            "select topic, content_type, encode(payload, 'hex'), reason <> '' from quarantine"
                + " order by quarantine_id"));
    assertEquals("2", tables.line("select count(*) from row"));
  }

  @Test
  void whatTheDatabaseRefusesGoesToQuarantineAloneWithItsWords() throws IOException, SQLException {
    BoxTables tables = tables();
    Message refused = box.raw("about", "{\"v\":1,\"box\":\"sb-1\",\"boot\":\"four\"}");
    Message late = box.message("event", 1, ",\"id\":\"e-1\",\"kind\":\"report\",\"t0_min\":1");
    assertTrue(tables.store(box.batch(1, 1, 1), refused, late, box.batch(2, 1, 1)));
    assertEquals(
        "t/v1/sb-1/about ERROR: invalid input syntax for type integer: \"four\"",
        tables.line("select topic, split_part(reason, chr(10), 1) from quarantine"));
    assertEquals("2 1", tables.line("select (select count(*) from row), count(*) from event"));
    assertEquals(List.of(), tables.time().slept());
  }

  @Test
  void aTransactionThatFailsLeavesNothingAndCanBeRepeated() throws IOException, SQLException {
    BoxTables tables = tables();
    tables.make();
    Message refused = box.raw("about", "{\"v\":1,\"box\":\"sb-1\",\"boot\":\"four\"}");
    Message about = box.message("about", 1, ",\"parts\":[]");
    List<ReceivedMessage> messages =
        BoxTables.received(about, box.batch(1, 1, 3), box.raw("live", "{"), refused);
    MessageStore store = tables.messageStore();
    SQLException e = assertThrows(SQLException.class, () -> store.store(messages));
    assertEquals("22P02", e.getSQLState());
    String counts =
        "select (select count(*) from row), (select count(*) from about),"
            + " (select count(*) from quarantine), sum(rows), sum(duplicates) from boot";
    assertEquals("0 0 0 0 0", tables.line(counts));
    store.store(messages.subList(0, 3));
    assertEquals("3 1 1 3 0", tables.line(counts));
  }

  @Test
  void quarantineForgetsTheOldestAboveItsLimit() throws IOException, SQLException {
    BoxTables tables = tables();
    tables.make();
    tables.execute("update setting set value = 2 where key = 'quarantine_keep'");
    for (int n = 1; n <= 4; n++) {
      assertTrue(tables.store(box.raw("live", "{" + n)));
    }
    assertEquals(
        List.of("{3", "{4"),
        tables.lines(
            "select convert_from(payload, 'UTF8') from quarantine order by quarantine_id"));
  }

  @Test
  void simulatedMessagesAreRefusedAndCounted() throws IOException, SQLException {
    BoxTables tables = tables();
    Message event = box.message("event", 1, ",\"sim\":true,\"id\":\"e-1\",\"kind\":\"report\"");
    SentMessages other = new SentMessages("sb-2");
    assertTrue(tables.store(simulated(1, 4), event, other.batch(1, 1, 1)));
    assertTrue(tables.store(simulated(5, 5)));
    assertEquals(
        "sb-1 simulated 3 5", tables.line("select box, reason, messages, rows from refused"));
    assertEquals(
        "sb-2 1", tables.line("select box, (select count(*) from event) + rows from boot"));
  }

  private Message simulated(long first, long last) {
    return box.batch(1, first, last, SentMessages.startMs(1), "gnss", ",\"sim\":true");
  }

  @Test
  void anIngestOfSimulatedBoxesLeavesRealOnesToAnother() throws IOException, SQLException {
    BoxTables tables = SHARED.cluster().tables(SimulatedMessages.only);
    SentMessages real = new SentMessages("sb-2");
    Message state = box.message("state", 1, ",\"state\":\"online\",\"sim\":true");
    assertTrue(
        tables.store(
            simulated(1, 2),
            state,
            box.message("diag", 1, ",\"faults\":[]"),
            real.batch(1, 1, 9),
            real.state(1, "online"),
            real.message("diag", 1, ",\"faults\":[]")));
    assertEquals(
        "sb-1 2 t {} t",
        tables.line(
            "select box, rows, simulated, holes, diag is not null from boot join box using (box)"
                + " join account using (box)"));
    assertEquals(List.of("sb-1"), tables.lines("select box from box"));
    assertEquals("0", tables.line("select count(*) from refused"));
  }

  @Test
  void aBootIsMarkedOnceASimulatedRowIsAmongIts() throws IOException, SQLException {
    BoxTables tables = SHARED.cluster().tables(SimulatedMessages.store);
    assertTrue(tables.store(box.batch(1, 1, 1), box.batch(2, 1, 1)));
    assertTrue(tables.store(simulated(2, 2)));
    String cal = ",\"cal\":\"2-abc\"";
    assertTrue(tables.store(box.batch(1, 3, 3, SentMessages.startMs(1), "gnss", cal)));
    assertEquals(
        List.of("1 t", "2 f"), tables.lines("select boot, simulated from boot order by 1"));
  }

  @Test
  void anEventWithNullCharactersKeepsTheRestOfItsText() throws IOException, SQLException {
    BoxTables tables = tables();
    String text =
        ",\"id\":\"e\\u0000\",\"kind\":\"rep\\u0000ort\",\"text\":\"ice \\u0000\\udc00!\"";
    assertTrue(tables.store(box.message("event", 1, text)));
    assertEquals(
        "e\ufffd rep\ufffdort ice \ufffd\ufffd!",
        tables.line("select event_id, kind, body ->> 'text' from event"));
  }
}
