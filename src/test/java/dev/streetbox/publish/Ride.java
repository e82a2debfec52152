package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.ContractCheck;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.listen.Audit;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.ReceivedAccount;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.TcpProxy;
import dev.streetbox.mqtt.TestCa;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Runs a box that measures ten rows per second and publishes them through a proxy, and a subscriber
 * without a proxy that accounts for them. Used by the test's thread.
 */
final class Ride implements AutoCloseable {
  private static final int SPEED = 10;

  private final Time time = new SystemTime(SPEED);
  private final Time real = new SystemTime();
  private final Mosquitto broker;
  private final TcpProxy proxy;
  private final Outbox outbox;
  private final Publisher publisher;
  private final Subscriber subscriber;
  private final BoxMessageParser parser = new BoxMessageParser(Boxes.ROOT);
  private final Audit audit = new Audit();
  private final int backlog;
  private boolean measuring = true;

  /** Begins without backlog. */
  Ride(Path folder) throws IOException {
    this(folder, 0);
  }

  /** Begins with a backlog of so many rows. */
  Ride(Path folder, int backlog) throws IOException {
    this(folder, backlog, Encoding.JSON, Optional.empty());
  }

  /** Begins with TLS if there is an authority. */
  Ride(Path folder, int backlog, Encoding encoding, Optional<TestCa> authority) throws IOException {
    String[] limits = {"max_queued_messages 0", "max_inflight_messages 20"};
    broker =
        Mosquitto.started(folder, authority.map(ca -> ca.broker("server", limits)).orElse(limits));
    proxy = new TcpProxy(broker.port());
    String scheme = authority.isPresent() ? "mqtts" : "mqtt";
    String trusted = authority.map(ca -> ca.certificate().toString()).orElse("");
    this.backlog = backlog;
    outbox = Rows.outbox(folder, backlog);
    publisher =
        new Publisher(
            Boxes.box(outbox, encoding),
            Links.connector(proxy.uri(scheme), trusted),
            new Clocks(time, real),
            new SplittableRandom(),
            new Faults());
    subscriber =
        new Subscriber(
            Links.connector(URI.create(scheme + "://127.0.0.1:" + broker.port()), trusted),
            new Subscription(Boxes.ROOT, "+", "", "audit"),
            real,
            new SplittableRandom());
    Eventually.holds(
        "the subscription",
        () -> {
          subscriber.next(Duration.ZERO);
          return subscriber.isSubscribed();
        });
  }

  TcpProxy proxy() {
    return proxy;
  }

  Mosquitto broker() {
    return broker;
  }

  LinkStatus status() {
    return publisher.status();
  }

  /** Continues for a duration of real time. */
  void forRealTime(Duration duration) throws IOException {
    long endMs = real.tickMs() + duration.toMillis();
    until("time passes", () -> real.tickMs() >= endMs);
  }

  /** Continues until the subscriber has so many rows. */
  void untilReceived(long rows) throws IOException {
    until(rows + " rows", () -> received() >= rows);
  }

  /** Continues until a condition holds. */
  void until(String what, Eventually.Condition condition) throws IOException {
    Eventually.holds(
        what,
        () -> {
          step();
          return condition.holds();
        });
  }

  /** Stops measuring, sends the remaining rows, and asserts that every row arrived. */
  void assertEveryRowArrives() throws IOException {
    measuring = false;
    until("all rows acknowledged", () -> outbox.status().unacknowledged() == 0);
    until("all rows received", () -> received() == outbox.newest());
    List<ReceivedAccount> accounts = audit.accounts();
    assertEquals(1, accounts.size());
    ReceivedAccount receivedAccount = accounts.get(0);
    assertEquals(
        new ReceivedAccount(
            "sb-0042", Rows.BOOT, outbox.newest(), receivedAccount.duplicates(), 0, 0, 0),
        receivedAccount);
  }

  @Override
  public void close() throws IOException {
    publisher.close();
    subscriber.close();
    proxy.close();
    broker.close();
  }

  private long received() {
    return audit.accounts().stream().mapToLong(ReceivedAccount::received).sum();
  }

  private void step() throws IOException {
    while (measuring && outbox.newest() < backlog + time.tickMs() / 1000) {
      Rows.append(outbox);
    }
    publisher.wake(); // Without this, a cycle waits up to 1 s.
    publisher.cycle();
    for (Optional<Message> message = subscriber.next(Duration.ZERO);
        message.isPresent();
        message = subscriber.next(Duration.ZERO)) {
      take(message.get());
    }
  }

  private void take(Message message) throws IOException {
    ContractCheck.requireValid(message);
    audit.add(parser.read(message));
  }
}
