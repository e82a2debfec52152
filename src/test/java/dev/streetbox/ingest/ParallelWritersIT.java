package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.Seeds;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lets two ingests store the same messages at once in a real PostgreSQL. */
class ParallelWritersIT {
  private static final int BOXES = 30;

  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final BoxTables tables;

  /** Uses tables of its own. */
  ParallelWritersIT() throws SQLException {
    tables = SHARED.tables();
  }

  /** Makes the messages of one box. */
  @FunctionalInterface
  private interface Ride {
    List<Message> of(SentMessages box, int boot);
  }

  @Test
  void ingestsOfTheSameRowsDoNotStopEachOther() throws IOException {
    tables.make();
    Seeds.each(
        8,
        seed -> {
          storeTwiceAtOnce(seed, ParallelWritersIT::rows);
          assertEquals(
              "30 210 210 8700",
              tables.line(
                  "select count(*), min(rows), max(rows), sum(duplicates) from boot where boot = "
                      + seed));
        });
  }

  private static List<Message> rows(SentMessages box, int boot) {
    List<Message> batches = new ArrayList<>();
    String more = ",\"drops\":[[900,901,\"store_full\"]],\"cal\":\"2-abc\"";
    for (int first = 1; first <= 200; first += 40) {
      batches.add(box.batch(boot, first, first + 49, SentMessages.startMs(boot), "gnss", more));
    }
    return batches;
  }

  @Test
  void ingestsOfTheSameEventsDoNotStopEachOther() throws IOException {
    tables.make();
    Seeds.each(
        8,
        seed -> {
          storeTwiceAtOnce(seed, ParallelWritersIT::events);
          assertEquals(
              "30",
              tables.line(
                  "select count(*) from event join boot using (boot_id) where boot = " + seed));
        });
  }

  private static List<Message> events(SentMessages box, int boot) {
    return List.of(
        box.state(boot, "online"), box.message("event", boot, ",\"kind\":\"brake\",\"n\":" + boot));
  }

  /** Stores the messages of all boxes by two transactions at once, each in an order of its own. */
  private void storeTwiceAtOnce(long seed, Ride ride) throws Exception {
    Random random = new Random(seed);
    List<SentMessages> boxes = new ArrayList<>();
    for (int n = 1; n <= BOXES; n++) {
      boxes.add(new SentMessages("sb-" + n));
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier together = new CyclicBarrier(2);
    try {
      List<Future<?>> ingests = new ArrayList<>();
      for (int n = 0; n < 2; n++) {
        Collections.shuffle(boxes, random);
        List<Message> messages = new ArrayList<>();
        boxes.forEach(box -> messages.addAll(ride.of(box, (int) seed)));
        List<ReceivedMessage> received = BoxTables.received(messages.toArray(Message[]::new));
        MessageStore store = tables.messageStore();
        ingests.add(
            threads.submit(
                () -> {
                  together.await();
                  store.store(received);
                  return null;
                }));
      }
      for (Future<?> ingest : ingests) {
        ingest.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
