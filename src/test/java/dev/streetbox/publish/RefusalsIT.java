package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.RawBroker;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests brokers that refuse messages or close because of them, and accounts for every row. */
class RefusalsIT {
  @TempDir Path folder;
  private final Time time = new SystemTime(40);
  private final Faults faults = new Faults();

  @Test
  void rowsThatABrokerWithoutSpaceRefusesAreSentLater() throws IOException {
    AtomicInteger refusals = new AtomicInteger(8);
    try (RawBroker broker = new RawBroker()) {
      broker.answer((topic, body) -> refusals.getAndDecrement() > 0 ? 0x97 : 0);
      Outbox outbox = Rows.outbox(folder, 300);
      runUntilAllIsTaken(broker, outbox);
      assertTrue(
          faults.list().stream().anyMatch(f -> f.text().contains("0x97")),
          faults.list().toString());
    }
  }

  @Test
  void aRowWithAnInvalidPayloadIsDeclaredAndAllOthersArrive() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.answer((topic, body) -> body.contains("\"seq\":77,") ? 0x99 : 0);
      Outbox outbox = Rows.outbox(folder, 300);
      // Rows that are measured meanwhile show that the broker accepts others.
      long[] nextTickMs = {0};
      runUntilAllIsTaken(
          broker,
          outbox,
          () -> {
            if (outbox.status().dropped() == 0 && time.tickMs() >= nextTickMs[0]) {
              Rows.append(outbox);
              nextTickMs[0] = time.tickMs() + 5_000;
            }
          });
      assertEquals(1, outbox.status().dropped());
      assertDeclared(broker, outbox);
    }
  }

  /** Asserts that the next batch of the boot declares row 77 dropped. */
  private void assertDeclared(RawBroker broker, Outbox outbox) throws IOException {
    Rows.append(outbox);
    Rows.append(outbox);
    runUntilAllIsTaken(broker, outbox);
    assertTrue(
        broker.accepted().stream()
            .anyMatch(body -> body.contains("\"drops\":[[77,77,\"refused\"]]")),
        broker.accepted().toString());
    assertFalse(broker.accepted().stream().anyMatch(body -> body.contains("\"seq\":77,")));
  }

  private void runUntilAllIsTaken(RawBroker broker, Outbox outbox) throws IOException {
    runUntilAllIsTaken(broker, outbox, () -> {});
  }

  private void runUntilAllIsTaken(RawBroker broker, Outbox outbox, Runnable beforeEachCycle)
      throws IOException {
    Publisher publisher =
        new Publisher(
            Boxes.box(outbox),
            Links.connector(broker.uri()),
            new Clocks(time, new SystemTime()),
            new SplittableRandom(),
            faults);
    Eventually.holds(
        "all rows taken or declared",
        () -> {
          beforeEachCycle.run();
          publisher.cycle();
          return outbox.status().unacknowledged() == 0;
        });
    publisher.close();
  }
}
