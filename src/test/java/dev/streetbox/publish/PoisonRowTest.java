package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.ScriptedConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends a row that makes the broker close, and a row that is in flight at many outages. */
class PoisonRowTest {
  @TempDir Path folder;

  @Test
  void aRowThatMakesTheBrokerCloseIsDeclaredAndAllOthersArrive() throws IOException {
    UplinkRun run = new UplinkRun(folder, 100);
    run.broker()
        .answer(
            m -> {
              if (UplinkRun.holds(m, 77)) {
                run.broker().lose(ConnectionFailure.network("closed without a reason code"));
                return OptionalInt.empty();
              }
              return OptionalInt.of(0);
            });
    run.until("99 rows", () -> run.publisher().status().acknowledgedRows() == 99);
    assertEquals(0, run.outbox().status().dropped());
    for (int i = 0; i < 1000 && run.outbox().status().dropped() == 0; i++) {
      Rows.append(run.outbox()); // Another row must be accepted in between.
      run.forMs(5000);
    }
    assertTrue(run.publisher().status().losses() >= 20);
    assertTrue(run.time().tickMs() >= 600_000);
    assertEquals(1, run.outbox().status().dropped());
    run.untilNothingWaits();
    assertEquals(
        run.outbox().newest() - 1, run.publisher().status().acknowledgedRows(), "all other rows");
  }

  @Test
  void aBrokerThatClosesAfterTheThirdMessageOfEachConnectionHasNoRowDeclared() throws IOException {
    for (ConnectionFailure cause :
        List.of(
            ConnectionFailure.network("closed without a reason code"),
            new ConnectionFailure("0x96", ConnectionFailure.Kind.BUSY),
            new ConnectionFailure("0x8d", ConnectionFailure.Kind.CONNECTION))) {
      UplinkRun run = new UplinkRun(folder.resolve(cause.text().substring(0, 4)), 100);
      Map<ScriptedConnection, Integer> messages = new HashMap<>();
      run.broker()
          .answer(
              m -> {
                if (messages.merge(run.broker().last(), 1, Integer::sum) < 3) {
                  return OptionalInt.of(0);
                }
                run.broker().lose(cause);
                return OptionalInt.empty();
              });
      for (int i = 0; i < 1000; i++) {
        Rows.append(run.outbox());
        run.forMs(5000);
      }
      assertTrue(run.publisher().status().losses() > 20, cause.text());
      assertEquals(0, run.outbox().status().dropped(), cause.text());
    }
  }

  @Test
  void aRowInFlightAtManyOutagesIsNotDeclared() throws IOException {
    UplinkRun run = new UplinkRun(folder, 1);
    AtomicInteger holes = new AtomicInteger(20);
    run.broker()
        .answer(
            m ->
                UplinkRun.holds(m, 1) && holes.getAndDecrement() > 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(0));
    run.until("nineteen losses", () -> run.publisher().status().losses() == 19);
    Rows.append(run.outbox());
    run.untilNothingWaits();
    assertEquals(20, run.publisher().status().losses());
    assertEquals(0, run.outbox().status().dropped());
    assertEquals(2, run.publisher().status().acknowledgedRows());
  }

  @Test
  void aBrokerThatClosesAtLargePacketsGetsSmallerOnes() throws IOException {
    UplinkRun run = new UplinkRun(folder, 8);
    run.broker()
        .answer(
            m -> {
              if (UplinkRun.text(m).split("\"seq\":", -1).length > 3) {
                run.broker()
                    .lose(new ConnectionFailure("too large", ConnectionFailure.Kind.TOO_LARGE));
                return OptionalInt.empty();
              }
              return OptionalInt.of(0);
            });
    run.untilNothingWaits();
    assertEquals(2, run.publisher().status().losses());
    assertEquals(0, run.outbox().status().dropped());
    assertEquals(8, run.publisher().status().acknowledgedRows());
  }
}
