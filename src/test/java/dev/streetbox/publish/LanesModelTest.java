package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lanes against a broker of dice: answers late, out of order, never or with a refusal;
 * connections lost at any time; rows that the broker refuses, and rows that make it close.
 */
class LanesModelTest {
  private static final int STEP_MS = 100;

  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRowIsTakenOrDeclaredAndNoneIsInFlightTwice(int seed) {
    World world = new World(new SplittableRandom(seed));
    for (int step = 0; step < 3000; step++) {
      world.step(true);
    }
    for (int step = 0; step < 60_000 && world.outbox.status().unacknowledged() > 0; step++) {
      world.step(false);
    }
    assertEquals(0, world.outbox.status().unacknowledged(), "rows that were never taken");
    assertTrue(world.bad().containsAll(world.condemned), "declared " + world.condemned);
    assertEquals(
        world.outbox.newest() - world.condemned.size(), world.taken.size(), "rows at the broker");
  }

  private final class World {
    private final SplittableRandom random;
    private final Outbox outbox = Rows.outbox(folder, 0);
    private final InFlightMessages inFlight = new InFlightMessages();
    private final Lanes lanes = new Lanes(Boxes.settings(), outbox, inFlight);
    private final Map<Long, PlannedBatch> flights = new HashMap<>();
    private final Set<Long> refused = new TreeSet<>();
    private final Set<Long> deadly = new TreeSet<>();
    private final Seqs taken = new Seqs(Rows.BOOT);
    private final Set<Long> condemned = new TreeSet<>();
    private long nowMs;
    private long lastId;
    private boolean connected;

    World(SplittableRandom random) {
      this.random = random;
      for (int i = random.nextInt(3); i > 0; i--) {
        refused.add(1 + random.nextLong(300));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        deadly.add(1 + random.nextLong(300));
      }
    }

    Set<Long> bad() {
      Set<Long> bad = new TreeSet<>(refused);
      bad.addAll(deadly);
      return bad;
    }

    void step(boolean stormy) {
      nowMs += STEP_MS;
      if (nowMs % (stormy ? 1000 : 10_000) == 0) {
        Rows.append(outbox); // Once it is calm, more rows only show that the broker takes some.
      }
      if (!connected) {
        connect(stormy);
      } else {
        send();
        answer(stormy);
        if (connected && stormy && random.nextInt(100) == 0) {
          lose(random.nextBoolean());
        }
      }
      for (Range range : lanes.refusedRows()) {
        assertEquals(1, range.size(), "only single rows are declared");
        condemned.add(range.first());
        outbox.drop(range, Reason.REFUSED);
      }
    }

    private void connect(boolean stormy) {
      if (!stormy || random.nextInt(10) == 0) {
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

    private void answer(boolean stormy) {
      List<Long> ids = new ArrayList<>(flights.keySet());
      for (long id : ids) {
        if (!connected || random.nextInt(4) != 0) {
          continue; // Later, and so out of order.
        }
        Range rows = flights.get(id).rows();
        if (holds(rows, deadly)) {
          lose(true);
        } else if (holds(rows, refused)) {
          answer(id, DeliveryOutcome.SPLIT);
        } else if (stormy && random.nextInt(20) == 0) {
          answer(id, DeliveryOutcome.LATER);
        } else {
          take(rows);
          if (!stormy || random.nextInt(10) != 0) {
            answer(id, DeliveryOutcome.DELIVERED); // Else the answer is lost on its way.
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

    private void take(Range rows) {
      taken.add(rows.first(), rows.last());
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
