package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in a real PostgreSQL which boxes are asked for missing rows, and when. */
class HolesIT {
  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;
  private final HoleSearch holes;

  /** Uses tables of its own. */
  HolesIT() throws SQLException {
    tables = SHARED.tables();
    holes = new HoleSearch(tables);
  }

  @Test
  void aHoleIsAskedForOnceItIsOldAndItsBoxIsOnline() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 2), box.batch(1, 6, 6), box.state(9, "online")));
    assertEquals(List.of(), holes.due());
    holes.pass(595);
    assertEquals(List.of(), holes.due());
    assertTrue(tables.store(box.state(9, "offline")));
    holes.pass(6);
    assertEquals(List.of(), holes.due());
    assertTrue(tables.store(box.state(9, "online")));
    assertEquals(List.of("sb-1 1 3 5"), holes.due());
  }

  @Test
  void aCommandIsARequestOfItsBoxThatExpires() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(4, 3, 3), box.state(9, "online")));
    assertEquals(List.of(), holes.due());
    holes.pass(600);
    Message command = holes.commands().get(0);
    String id = tables.line("select id from resend");
    assertEquals("t/v1/sb-1/cmd/resend", command.topic());
    assertEquals(
        "{\"id\":\"%s\",\"cmd\":\"resend\",\"args\":{\"boot\":4,\"first\":1,\"last\":2}}"
            .formatted(id),
        new String(command.payload(), StandardCharsets.UTF_8));
    assertEquals(600, command.expiryS());
  }

  @Test
  void theNextRequestForAHoleComesAfterTwiceThePauseUpToADay() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 3, 3), box.state(9, "online")));
    assertEquals(List.of(), holes.due());
    holes.pass(600);
    for (int pauseS : new int[] {600, 1_200, 2_400, 4_800}) {
      assertEquals(1, holes.due().size());
      holes.pass(pauseS - 2);
      assertEquals(List.of(), holes.due(), pauseS + " s");
      holes.pass(3);
    }
    tables.execute("update hole set tries = 500");
    assertEquals(1, holes.due().size());
    holes.pass(86_401);
    assertEquals(1, holes.due().size());
  }

  @Test
  void ofEachBoxOneHoleIsAskedForAtATime() throws IOException, SQLException {
    SentMessages other = new SentMessages("sb-2");
    assertTrue(
        tables.store(
            box.batch(1, 3, 3), box.batch(1, 7, 7), box.state(9, "online"), other.batch(1, 2, 2)));
    assertTrue(tables.store(other.state(1, "online")));
    assertEquals(List.of(), holes.due());
    holes.pass(600);
    assertEquals(List.of("sb-1 1 1 2", "sb-2 1 1 1"), holes.due());
    assertEquals(List.of("sb-1 1 4 6"), holes.due());
    assertEquals(List.of(), holes.due());
  }

  @Test
  void aHoleThatWasFilledIsForgotten() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1), box.batch(1, 9, 9), box.state(9, "online")));
    assertEquals(List.of(), holes.due());
    assertTrue(tables.store(box.batch(1, 2, 5)));
    assertEquals(List.of(), holes.due());
    assertEquals(List.of("6 8"), holes.known());
    assertTrue(tables.store(box.batch(1, 6, 8)));
    assertEquals(List.of(), holes.due());
    assertEquals(List.of(), holes.known());
  }

  @Test
  void whileOneIngestAsksNoOtherDoes() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 3, 3), box.state(9, "online")));
    assertEquals(List.of(), holes.due());
    holes.pass(600);
    try (Connection other = SHARED.cluster().connect("ingest");
        Statement sql = other.createStatement()) {
      other.setAutoCommit(false);
      sql.execute("select pg_advisory_xact_lock(7310563)");
      assertEquals(List.of(), holes.due());
      other.commit();
    }
    assertEquals(List.of("sb-1 1 1 2"), holes.due());
  }

  @Test
  void afterAFailedSearchTheConnectionStoresAsBefore() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 3, 3), box.state(9, "online")));
    tables.execute("alter table looked rename to hidden");
    String state = "";
    try {
      holes.due();
    } catch (SQLException e) {
      state = e.getSQLState();
    }
    assertEquals("42P01", state);
    assertTrue(tables.store(box.batch(1, 4, 4)));
    assertEquals(2, tables.lines("select seq from row").size());
    assertEquals(List.of(), tables.time().slept());
  }
}
