package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in a real PostgreSQL which missing rows nobody is asked for. */
class SettledHolesIT {
  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;
  private final HoleSearch holes;

  /** Uses tables of its own. */
  SettledHolesIT() throws SQLException {
    tables = SHARED.tables();
    holes = new HoleSearch(tables);
  }

  private Message answer(String id, String result) {
    String members = ",\"id\":\"%s\",\"cmd\":\"resend\",\"ok\":true,\"result\":{%s}";
    return box.message("ack", 9, members.formatted(id, result));
  }

  @Test
  void whatABoxHasDeclaredLostIsNoHole() throws IOException, SQLException {
    String drops = ",\"drops\":[[3,5,\"store_full\"],[8,9,\"refused\"]]";
    assertTrue(tables.store(box.batch(1, 1, 2)));
    assertTrue(tables.store(box.batch(1, 12, 12, SentMessages.startMs(1), "gnss", drops)));
    String loss = ",\"kind\":\"loss\",\"lost_boot\":1,\"first\":%s,\"reason\":\"power_cut\"";
    assertTrue(tables.store(box.message("event", 2, loss.formatted("14"))));
    assertTrue(tables.store(box.message("event", 2, loss.formatted("10,\"last\":11"))));
    assertEquals(List.of(), holes.due());
    assertEquals(List.of("6 7"), holes.known());
    assertEquals(
        List.of("3 5 3 store_full", "8 9 2 refused", "10 11 2 power_cut", "14 null null power_cut"),
        tables.lines("select first, last, rows, reason from loss order by first"));
  }

  @Test
  void whatABoxCannotSendAgainIsSettled() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1), box.batch(1, 20, 20), box.state(9, "online")));
    assertEquals(List.of(), holes.due());
    holes.pass(600);
    assertEquals(List.of("sb-1 1 2 19"), holes.due());
    assertTrue(
        tables.store(
            answer(
                tables.line("select id from resend"),
                "\"gone\":[[2,3,\"retention\"],[4,5,\"dropped:store_full\"]],"
                    + "\"waiting\":[[8,9]],\"never\":[[10,11]],\"will_send\":[[12,19]]")));
    assertEquals(List.of(), holes.due());
    assertEquals(List.of("6 7", "12 19"), holes.known());
    assertEquals("4 5 store_full", tables.line("select first, last, reason from loss"));
  }

  @Test
  void anAnswerToNoRequestSettlesNothing() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 3, 3), box.state(9, "online")));
    assertTrue(tables.store(answer("rs-1-1-0-guessed", "\"gone\":[[1,2,\"retention\"]]")));
    assertEquals(List.of(), holes.due());
    assertEquals(List.of("1 2"), holes.known());
  }

  @Test
  void anAnswerWithImpossibleRangesStopsTheSearchOfNobody() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 3, 3), box.state(9, "online")));
    assertEquals(List.of(), holes.due());
    holes.pass(600);
    assertEquals(1, holes.due().size());
    String id = tables.line("select id from resend");
    assertTrue(
        tables.store(
            answer(
                id,
                "\"gone\":[[5,9223372036854775807,\"lost\"],[3,2],[0,1],4,[1]],"
                    + "\"waiting\":{},\"never\":[[1,9223372036854775807]]")));
    SentMessages other = new SentMessages("sb-2");
    assertTrue(tables.store(other.batch(1, 2, 2), box.batch(1, 6, 6)));
    assertEquals(List.of(), holes.due());
    assertEquals(List.of("1 2", "4 5", "1 1"), holes.known());
    assertEquals(
        "2 0 4",
        tables.line("select received, declared, unexplained from account where box = 'sb-1'"));
  }
}
