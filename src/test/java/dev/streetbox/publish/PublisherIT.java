package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.MosquittoSub;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole publisher in the test's thread against a real Mosquitto. */
class PublisherIT {
  @TempDir Path folder;
  private final Time time = new SystemTime();
  private final Faults faults = new Faults();

  @Test
  void theStateIsSentFirstThenTheNewestRowsThenTheBacklog() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder);
        MosquittoSub sub = new MosquittoSub(broker, "t/v1/#")) {
      Outbox outbox = Rows.outbox(folder, 200);
      Publisher publisher = publisher(broker.uri(), outbox);
      cycleUntilAllIsAcknowledged(publisher, outbox);
      publisher.close();

      MosquittoSub.Message state = sub.next();
      assertEquals("t/v1/sb-0042/state", state.topic());
      assertEquals(
          "{\"v\":1,\"box\":\"sb-0042\",\"boot\":41,\"state\":\"online\","
              + "\"version\":\"0.1.0\",\"config\":\"c0\",\"calibration\":\"ca\",\"t\":T,"
              + "\"tq\":\"gnss\"}",
          state.payload().replaceFirst("\"t\":\\d{13}", "\"t\":T"));
      MosquittoSub.Message live = sub.next();
      assertEquals("t/v1/sb-0042/live", live.topic());
      assertEquals("application/json", live.contentType());
      assertTrue(live.payload().contains("\"first\":141,\"last\":200"), live.payload());
      for (int first = 1; first <= 121; first += 60) {
        MosquittoSub.Message backlog = sub.next();
        assertEquals("t/v1/sb-0042/backlog", backlog.topic());
        int last = Math.min(140, first + 59);
        assertTrue(
            backlog.payload().contains("\"first\":" + first + ",\"last\":" + last),
            backlog.payload());
      }
      assertTrue(sub.next().payload().contains("\"state\":\"offline\""));
    }
  }

  @Test
  void rowsOfADeniedLiveTopicAreSentAsBacklog() throws IOException {
    Files.writeString(
        folder.resolve("acl"),
        "topic read #\ntopic write +/+/+/backlog\ntopic write +/+/+/state\n");
    try (Mosquitto broker = Mosquitto.started(folder, "acl_file " + folder.resolve("acl"))) {
      Outbox outbox = Rows.outbox(folder, 100);
      Publisher publisher = publisher(broker.uri(), outbox);
      cycleUntilAllIsAcknowledged(publisher, outbox);
      publisher.close();
      assertTrue(
          faults.list().stream().anyMatch(f -> f.place().endsWith("live") && f.active()),
          faults.list().toString());
    }
  }

  @Test
  void batchesAboveTheBrokersLimitAreHalved() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, "max_packet_size 1000")) {
      Outbox outbox = Rows.outbox(folder, 200);
      Publisher publisher = publisher(broker.uri(), outbox);
      cycleUntilAllIsAcknowledged(publisher, outbox);
      assertEquals(0, publisher.status().losses());
      publisher.close();
    }
  }

  @Test
  void aBrokerWithAReceiveMaximumOfOneGetsAllRows() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, "max_inflight_messages 1")) {
      Outbox outbox = Rows.outbox(folder, 500);
      Publisher publisher = publisher(broker.uri(), outbox);
      cycleUntilAllIsAcknowledged(publisher, outbox);
      assertEquals(0, publisher.status().losses());
      publisher.close();
    }
  }

  @Test
  void eventsAreSentBeforeRowsAndOneThatIsTooLargeBlocksNothing() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, "max_packet_size 1000");
        MosquittoSub sub = new MosquittoSub(broker, "t/v1/+/event")) {
      Outbox outbox = Rows.outbox(folder, 200);
      outbox.append(
          dev.streetbox.outbox.Event.Kind.REPORT, 200_000, Map.of("text", "x".repeat(2000)));
      outbox.append(dev.streetbox.outbox.Event.Kind.REPORT, 200_000, Map.of("text", "pothole"));
      Publisher publisher = publisher(broker.uri(), outbox);
      cycleUntilAllIsAcknowledged(publisher, outbox);
      publisher.close();
      assertTrue(sub.next().payload().contains("\"text\":\"pothole\""));
      assertEquals(1, outbox.status().events());
    }
  }

  @Test
  void aKilledBrokerLosesNothing() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      Outbox outbox = Rows.outbox(folder, 10);
      Publisher publisher = publisher(broker.uri(), outbox);
      cycleUntilAllIsAcknowledged(publisher, outbox);
      for (int i = 0; i < 5; i++) {
        broker.kill();
        Rows.append(outbox);
        cycleUntil(
            "the loss is seen",
            publisher,
            () ->
                publisher.status().inFlightRows() == 0
                    && !publisher.status().state().equals("online"));
        broker.start();
        Rows.append(outbox);
        cycleUntilAllIsAcknowledged(publisher, outbox);
      }
      assertEquals(20, publisher.status().acknowledgedRows());
      assertEquals(5, publisher.status().losses());
      publisher.close();
      assertEquals(5, publisher.status().losses(), "a DISCONNECT is no loss");
    }
    Eventually.holds("the end of Paho's threads", () -> Links.pahoThreads() == 0);
  }

  @Test
  void aSuspendedBrokerIsDetectedByMissingAnswersBeforeTheKeepAlive() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      Outbox outbox = Rows.outbox(folder, 10);
      Publisher publisher = publisher(broker.uri(), outbox);
      cycleUntilAllIsAcknowledged(publisher, outbox);
      broker.suspend();
      Rows.append(outbox);
      cycleUntil(
          "the missing answer is detected", publisher, () -> publisher.status().losses() == 1);
      assertTrue(publisher.status().lastCause().contains("no longer answers"));
      broker.resume();
      cycleUntilAllIsAcknowledged(publisher, outbox);
      publisher.close();
    }
  }

  private Publisher publisher(URI broker, Outbox outbox) {
    return new Publisher(
        Boxes.box(outbox),
        Links.connector(broker),
        new Clocks(time, time),
        new SplittableRandom(),
        faults);
  }

  private static void cycleUntilAllIsAcknowledged(Publisher publisher, Outbox outbox)
      throws IOException {
    cycleUntil("all rows acknowledged", publisher, () -> outbox.status().unacknowledged() == 0);
  }

  private static void cycleUntil(String what, Publisher publisher, Eventually.Condition condition)
      throws IOException {
    Eventually.holds(
        what,
        () -> {
          publisher.cycle();
          return condition.holds();
        });
  }
}
