package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks with a real PostgreSQL what an ingest does while the database is away or refuses. */
class DatabaseFaultsIT {
  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  /** Rows, duplicates, events, and tries to store an event. */
  private static final String STORED =
      "select rows, duplicates, (select count(*) from event), last_value from boot, tries";

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;

  /** Uses tables of its own. */
  DatabaseFaultsIT() throws SQLException {
    tables = SHARED.tables();
  }

  @Test
  void afterABrokenConnectionTheNextTryStores() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1)));
    tables.breakConnections();
    assertTrue(tables.store(box.batch(1, 1, 3), box.batch(2, 1, 1)));
    assertEquals(List.of("3", "1"), tables.lines("select rows from boot order by boot"));
    assertEquals(List.of(Duration.ofSeconds(1)), tables.time().slept());
  }

  @Test
  void aBootThatAnotherConnectionChangedIsReadAgainAfterALoss() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1)));
    tables.execute("delete from row");
    tables.execute("delete from boot");
    tables.breakConnections();
    assertTrue(tables.store(box.batch(1, 1, 2)));
    assertEquals("2 2", tables.line("select rows, (select count(*) from row) from boot"));
  }

  @Test
  void aTransactionThatAnotherOneStoppedIsTriedAgainAtOnce() throws IOException, SQLException {
    failEvents("40P01", 10);
    assertTrue(tables.store(box.batch(1, 1, 2), report()));
    assertEquals("2 0 1 11", tables.line(STORED));
    assertEquals(List.of(), tables.time().slept());
  }

  @Test
  void aTransactionThatIsStoppedEverAgainIsTriedOnceASecond() throws IOException, SQLException {
    failEvents("40001", 12);
    assertTrue(tables.store(box.batch(1, 1, 2), report()));
    assertEquals("2 0 1 13", tables.line(STORED));
    assertEquals(2, tables.time().slept().size());
  }

  @Test
  void aFullDiskOfTheServerIsWaitedFor() throws IOException, SQLException {
    failEvents("53100", 3);
    assertTrue(tables.store(box.batch(1, 1, 2), report()));
    assertEquals("2 0 1 4", tables.line(STORED));
    assertEquals(3, tables.time().slept().size());
  }

  private Message report() {
    return box.message("event", 1, ",\"id\":\"e-1\",\"kind\":\"report\"");
  }

  /** Makes the first insertions of an event fail with an SQLSTATE. */
  private void failEvents(String state, int times) throws IOException, SQLException {
    tables.make();
    tables.execute("create sequence tries");
    tables.execute(
        "create function fail() returns trigger language plpgsql as $$ begin"
            + " if nextval('tries') <= %d then raise exception using errcode = '%s'; end if;"
                .formatted(times, state)
            + " return new; end $$");
    tables.execute(
        "create trigger failing before insert on event for each row execute function fail()");
  }

  @Test
  void messagesWaitWhileTheServerIsStopped() throws IOException, SQLException {
    try (PostgresCluster own = PostgresCluster.started()) {
      ScriptedTime time = new ScriptedTime();
      BoxTables ownTables = own.tables(SimulatedMessages.refuse);
      try (Database database = new Database(ownTables.settings(), time)) {
        List<ReceivedMessage> messages = BoxTables.received(box.batch(1, 1, 1));
        assertTrue(database.store(messages, () -> false));
        own.stop();
        // The end is requested after three pauses, or while the server starts again.
        assertFalse(database.store(messages, () -> time.tickMs() >= 3_000));
        assertEquals(3, time.slept().size());
        assertFalse(database.store(messages, () -> true));
        own.start();
        assertTrue(database.store(messages, () -> false));
        assertEquals(List.of(), time.slept());
      }
    }
  }

  @Test
  void aRefusedLoginSchemaOrDatabaseIsAnErrorInWordsAtOnce() {
    IngestSettings good = tables.settings();
    for (List<String> wrong :
        List.of(
            List.of(good.database(), "wrong", good.schema(), "password authentication failed"),
            List.of(good.database() + "x", good.password(), good.schema(), "does not exist"),
            List.of(good.database(), good.password(), "pg_toast", "permission denied"))) {
      IngestSettings settings =
          new IngestSettings(
              wrong.get(0),
              good.user(),
              wrong.get(1),
              wrong.get(2),
              good.topicRoot(),
              good.name(),
              good.simulated());
      try (Database database = new Database(settings, tables.time())) {
        IOException e =
            assertThrows(
                IOException.class, () -> database.open(() -> !tables.time().slept().isEmpty()));
        assertTrue(e.getMessage().startsWith("the database refuses: "), e.getMessage());
        assertTrue(e.getMessage().contains(wrong.get(3)), e.getMessage());
      }
    }
    assertEquals(List.of(), tables.time().slept());
  }
}
