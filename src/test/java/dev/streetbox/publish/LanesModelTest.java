package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the lanes against a random broker: answers late, out of order, missing or with a refusal;
 * connections lost at any time; rows that the broker refuses, and rows that make it close.
 */
class LanesModelTest {
  private static final int STEP_MS = 100;

  @TempDir Path folder;

  @Test
  void everyRowIsAcceptedOrDeclaredAndNoneIsInFlightTwice() {
    Seeds.each(200, this::acceptsOrDeclaresEveryRow);
  }

  private void acceptsOrDeclaresEveryRow(long seed) {
    World world = new World(new SplittableRandom(seed));
    for (int step = 0; step < 3000; step++) {
      world.step(true);
    }
    for (int step = 0; step < 60_000 && world.outbox.status().unacknowledged() > 0; step++) {
      world.step(false);
    }
    assertEquals(0, world.outbox.status().unacknowledged(), "rows that were never accepted");
    assertTrue(world.bad().containsAll(world.declared), "declared " + world.declared);
    assertEquals(
        world.outbox.newest() - world.declared.size(), world.accepted.size(), "rows at the broker");
  }

  private final class World {
    private final SplittableRandom random;
    private final Outbox outbox = Rows.outbox(folder, 0);
    private final InFlightMessages inFlight = new InFlightMessages();
    private final Lanes lanes = Boxes.lanes(outbox, inFlight);
    private final Map<Long, PlannedBatch> flights = new HashMap<>();
    private final Set<Long> refused = new TreeSet<>();
    private final Set<Long> closing = new TreeSet<>();
    private final Seqs accepted = new Seqs(Rows.BOOT);
    private final Set<Long> declared = new TreeSet<>();
    private long nowMs;
    private long lastId;
    private boolean connected;

    World(SplittableRandom random) {
      this.random = random;
      for (int i = random.nextInt(3); i > 0; i--) {
        refused.add(1 + random.nextLong(300));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        closing.add(1 + random.nextLong(300));
      }
    }

    Set<Long> bad() {
      Set<Long> bad = new TreeSet<>(refused);
      bad.addAll(closing);
      return bad;
    }

    void step(boolean faulty) {
      nowMs += STEP_MS;
      if (nowMs % (faulty ? 1000 : 10_000) == 0) {
        Rows.append(outbox); // Later rows show that the broker accepts some.
      }
      if (!connected) {
        connect(faulty);
      } else {
        send();
        answer(faulty);
        if (connected && faulty && random.nextInt(100) == 0) {
          lose(random.nextBoolean());
        }
      }
      for (Range range : lanes.refusedRows()) {
        assertEquals(1, range.size(), "only single rows are declared");
        declared.add(range.first());
        outbox.drop(range, Reason.REFUSED);
      }
    }

    private void connect(boolean faulty) {
      if (!faulty || random.nextInt(10) == 0) {
        connected = true;
        inFlight.onConnected(1 + random.nextInt(30));
        lanes.onConnected(nowMs);
      }
    }

    private void send() {
      for (Optional<PlannedBatch> next = lanes.next(nowMs);
          next.isPresent();
          next = lanes.next(nowMs)) {
        PlannedBatch pick = next.get();
        Range rows = pick.rows();
        for (PlannedBatch flight : flights.values()) {
          assertTrue(
              flight.rows().last() < rows.first() || rows.last() < flight.rows().first(),
              flight + " and " + pick + " in flight at once");
        }
        assertTrue(rows.size() <= Lanes.BATCH_ROWS, pick.toString());
        lastId++;
        inFlight.add(lastId, (int) rows.size() * 200, nowMs);
        lanes.markSent(lastId, pick, nowMs);
        flights.put(lastId, pick);
      }
      assertTrue(inFlight.size() <= InFlightMessages.MAX_MESSAGES);
    }

    private void answer(boolean faulty) {
      List<Long> ids = new ArrayList<>(flights.keySet());
      for (long id : ids) {
        if (!connected || random.nextInt(4) != 0) {
          continue; // The answer comes later, and so out of order.
        }
        Range rows = flights.get(id).rows();
        if (holds(rows, closing)) {
          lose(true);
        } else if (holds(rows, refused)) {
          answer(id, DeliveryOutcome.SPLIT);
        } else if (faulty && random.nextInt(20) == 0) {
          answer(id, DeliveryOutcome.LATER);
        } else {
          accept(rows);
          if (!faulty || random.nextInt(10) != 0) {
            answer(id, DeliveryOutcome.DELIVERED); // Otherwise the answer is lost.
          }
        }
      }
    }

    private void answer(long id, DeliveryOutcome outcome) {
      flights.remove(id);
      inFlight.remove(id, nowMs);
      PlannedBatch pick = lanes.onAnswer(id, outcome, nowMs).orElseThrow();
      if (outcome == DeliveryOutcome.DELIVERED) {
        outbox.acknowledge(pick.rows(), List.of());
      }
    }

    private void accept(Range rows) {
      accepted.add(rows.first(), rows.last());
    }

    private void lose(boolean byBroker) {
      connected = false;
      flights.clear();
      lanes.onConnectionLost(byBroker, nowMs);
    }

    private boolean holds(Range rows, Set<Long> some) {
      return some.stream().anyMatch(seq -> rows.first() <= seq && seq <= rows.last());
    }
  }
}
