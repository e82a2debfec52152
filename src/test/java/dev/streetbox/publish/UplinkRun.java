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
import java.util.stream.Collectors;

/** Runs a publisher between an outbox and a scripted broker, in scripted time. */
final class UplinkRun {
  private static final long LIMIT_MS = 2 * 3_600_000L;

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private final Faults faults = new Faults();
  private final Outbox outbox;
  private final Publisher publisher;

  /** Creates a publisher without a connection and an outbox with so many rows. */
  UplinkRun(Path folder, int rows) {
    this(folder, rows, Boxes.settings());
  }

  /** Creates the same with other settings. */
  UplinkRun(Path folder, int rows, MqttSettings settings) {
    outbox = Rows.outbox(folder, rows);
    PublishedBox box =
        new PublishedBox(Boxes.IDENTITY, new PlainNames("sb-0042"), settings, outbox);
    publisher = new Publisher(box, broker, new Clocks(time, time), new SplittableRandom(7), faults);
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

  /** Runs cycles until a condition holds, for two hours of scripted time at most. */
  void until(String what, BooleanSupplier condition) throws IOException {
    long endMs = time.tickMs() + LIMIT_MS;
    while (!condition.getAsBoolean()) {
      assertTrue(time.tickMs() < endMs, "not within two hours: " + what);
      publisher.cycle();
    }
  }

  /** Runs cycles until every row is acknowledged or declared. */
  void untilNothingWaits() throws IOException {
    until("all rows", () -> outbox.status().unacknowledged() == 0);
  }

  /** Runs cycles for so many ms. */
  void forMs(long ms) throws IOException {
    long endMs = time.tickMs() + ms;
    until("time", () -> time.tickMs() >= endMs);
  }

  /** Returns the texts of the active faults of a place, or empty. */
  String fault(String place) {
    return faults.list().stream()
        .filter(fault -> fault.place().equals(place) && fault.active())
        .map(Faults.Fault::text)
        .collect(Collectors.joining("; "));
  }

  /** Removes the messages that the broker received; returns the last level of their topics. */
  List<String> topics() {
    return broker.received().stream().map(UplinkRun::topic).toList();
  }

  static String topic(Message message) {
    return message.topic().replaceFirst(".*/", "");
  }

  static String text(Message message) {
    return new String(message.payload(), UTF_8);
  }

  /** Returns whether a message carries the row of a seq. */
  static boolean holds(Message message, int seq) {
    return text(message).contains("\"seq\":" + seq + ",");
  }
}
