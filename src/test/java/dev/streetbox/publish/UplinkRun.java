package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** A publisher between an outbox and a scripted broker, in scripted time. */
final class UplinkRun {
  private static final long LIMIT_MS = 2 * 3_600_000L;

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private final Faults faults = new Faults();
  private final Outbox outbox;
  private final Publisher publisher;

  /** Nothing is connected yet; that many rows wait. */
  UplinkRun(Path folder, int rows) {
    outbox = Rows.outbox(folder, rows);
    publisher =
        new Publisher(
            Boxes.box(outbox), broker, new Clocks(time, time), new SplittableRandom(7), faults);
  }

  ScriptedTime time() {
    return time;
  }

  ScriptedBroker broker() {
    return broker;
  }

  Outbox outbox() {
    return outbox;
  }

  Publisher publisher() {
    return publisher;
  }

  /** Cycles until that holds, for two hours at most. */
  void until(String what, BooleanSupplier condition) throws IOException {
    long endMs = time.tickMs() + LIMIT_MS;
    while (!condition.getAsBoolean()) {
      assertTrue(time.tickMs() < endMs, "waited two hours in vain for " + what);
      publisher.cycle();
    }
  }

  /** Cycles until every row is taken or declared. */
  void untilNothingWaits() throws IOException {
    until("all rows", () -> outbox.status().unacknowledged() == 0);
  }

  /** Cycles for so long. */
  void forMs(long ms) throws IOException {
    long endMs = time.tickMs() + ms;
    until("time", () -> time.tickMs() >= endMs);
  }

  /** The text of the fault that holds at a place, or empty. */
  String fault(String place) {
    return faults.list().stream()
        .filter(fault -> fault.place().equals(place) && fault.active())
        .map(Faults.Fault::text)
        .findFirst()
        .orElse("");
  }

  /** The last words of the topics of what the broker received since the last call. */
  List<String> topics() {
    return broker.received().stream().map(UplinkRun::topic).toList();
  }

  static String topic(Message message) {
    return message.topic().replaceFirst(".*/", "");
  }

  static String text(Message message) {
    return new String(message.payload(), UTF_8);
  }

  /** Whether a message carries the row of that number. */
  static boolean holds(Message message, int seq) {
    return text(message).contains("\"seq\":" + seq + ",");
  }
}
