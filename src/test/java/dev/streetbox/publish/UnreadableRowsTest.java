package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends rows that are too large for the broker, and rows that the store does not return. */
class UnreadableRowsTest {
  @TempDir Path folder;

  @Test
  void rowsAboveTheMaximumPacketSizeWaitAsAFaultAndAreSentOnceTheyFit() throws IOException {
    UplinkRun run = new UplinkRun(folder, 5);
    run.broker().connack(new ConnectionEvent.Connected(20, 100, false));
    run.forMs(3_600_000);
    assertEquals(5, run.outbox().status().unacknowledged());
    assertTrue(run.fault("broker/packet-size").contains("larger than a packet"));
    run.broker().connack(ScriptedBroker.CONNACK);
    run.broker().lose(ConnectionFailure.network("restarted"));
    run.untilNothingWaits();
    assertEquals(0, run.outbox().status().dropped());
    assertEquals("", run.fault("broker/packet-size"));
  }

  @Test
  void rowsThatCannotBeReadAreAFaultAndSentOnceTheStoreIsBack() throws IOException {
    UplinkRun run = committedRun();
    Path away = folder.resolve("away");
    Files.move(store(), away);
    run.forMs(20_000);
    assertEquals(240, run.outbox().status().unacknowledged(), "all but the live rows");
    assertTrue(run.fault("store").contains("cannot be read for sending"), run.fault("store"));
    assertEquals(0, run.outbox().status().dropped());
    Files.move(away, store());
    run.untilNothingWaits();
    assertEquals(0, run.outbox().status().dropped());
    assertEquals(300, run.publisher().status().acknowledgedRows());
  }

  @Test
  void rowsOfADamagedStoreAreDeclaredAndAllOthersArrive() throws IOException {
    UplinkRun run = committedRun();
    Files.writeString(store(), "no SQLite file".repeat(1000));
    run.untilNothingWaits();
    assertEquals(180, run.outbox().status().dropped());
    assertEquals(120, run.publisher().status().acknowledgedRows());
  }

  /** Returns a run whose oldest 180 of 300 rows are in the store only. */
  private UplinkRun committedRun() {
    UplinkRun run = new UplinkRun(folder, 300);
    StoreSettings settings =
        new StoreSettings(folder, Duration.ofSeconds(10), 1 << 30, Duration.ofDays(7));
    new Committer(settings, run.outbox(), run.time(), new Faults()).close();
    return run;
  }

  private Path store() {
    return folder.resolve("outbox.db");
  }
}
