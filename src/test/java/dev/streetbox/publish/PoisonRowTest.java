package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.mqtt.ConnectionFailure;
import java.io.IOException;
import java.nio.file.Path;
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
    run.untilNothingWaits();
    assertEquals(1, run.outbox().status().dropped());
    assertEquals(99, run.publisher().status().acknowledgedRows());
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
