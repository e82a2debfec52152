package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.RawBroker;
import dev.streetbox.mqtt.TcpProxy;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publishes to a broker whose name gets another address, and through a name server that is silent
 * and comes back. One row a second is measured. Prints the seconds until a live row is accepted.
 */
class BrokerMovesIT {
  private static final String SILENT = "silent";

  @TempDir private Path folder;

  private final Time time = new SystemTime();
  private final AtomicReference<String> address = new AtomicReference<>("127.0.0.1");
  private final AtomicInteger silentLookups = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Faults faults = new Faults();
  private RawBroker broker;
  private TcpProxy old;
  private RawBroker moved;
  private Outbox outbox;
  private Publisher publisher;

  @BeforeEach
  void start() throws IOException {
    broker = new RawBroker();
    old = new TcpProxy(broker.uri().getPort());
    moved = new RawBroker(InetAddress.getByName("127.0.0.2"), old.uri("mqtt").getPort());
    outbox = Rows.outbox(folder, 0);
    publisher =
        new Publisher(
            Boxes.box(outbox, Encoding.JSON),
            Links.connector(
                URI.create("mqtt://broker.test:" + old.uri("mqtt").getPort()), this::resolve),
            new Clocks(time, time),
            new SplittableRandom(),
            faults);
  }

  @AfterEach
  void close() throws IOException {
    end.countDown();
    publisher.close();
    old.close();
    broker.close();
    moved.close();
  }

  @Test
  void aBrokerThatMovesWhileItsOldAddressIsSilentIsFoundBeforeThePubackTimeout()
      throws IOException {
    until("a live row at the old address", () -> hasRow(broker));
    until("nothing in flight", () -> publisher.status().inFlightRows() == 0);
    old.startOutage();
    address.set("127.0.0.2");
    long fromMs = time.tickMs();
    until("a live row at the new address", () -> hasRow(moved));
    print("the broker moved", fromMs);
    assertEquals(1, publisher.status().losses());
    assertTrue(
        faults.list().stream()
            .anyMatch(fault -> fault.text().contains("its name now has other addresses")),
        faults.list().toString());
  }

  @Test
  void aNameServerThatIsBackIsAskedWhileEarlierLookupsAreStillSilent() throws IOException {
    address.set(SILENT);
    until("a lookup without an answer", () -> silentLookups.get() > 0);
    address.set("127.0.0.1");
    long fromMs = time.tickMs();
    until("a live row", () -> hasRow(broker));
    print("the name server was back", fromMs);
    assertTrue(silentLookups.get() > 0, "the first lookup is still silent");
    assertEquals(0, publisher.status().losses());
  }

  private void print(String what, long fromMs) {
    System.out.printf("live %.1f s after %s%n", (time.tickMs() - fromMs) / 1000.0, what);
  }

  private static boolean hasRow(RawBroker broker) {
    return broker.accepted().stream().anyMatch(body -> body.contains("\"seq\""));
  }

  private void until(String what, Eventually.Condition condition) throws IOException {
    Eventually.holds(
        what,
        () -> {
          while (outbox.newest() < time.tickMs() / 1000) {
            Rows.append(outbox);
          }
          publisher.wake();
          publisher.cycle();
          return condition.holds();
        });
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    String answer = address.get();
    if (answer.equals(SILENT)) {
      silentLookups.incrementAndGet();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      silentLookups.decrementAndGet();
      throw new UnknownHostException(host);
    }
    return InetAddress.getAllByName(answer);
  }
}
