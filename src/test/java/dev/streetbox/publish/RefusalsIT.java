package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a broker can say no, and that no row is lost by it. */
class RefusalsIT {
  @TempDir Path folder;
  private final Time time = new SystemTime(20);
  private final Faults faults = new Faults();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0x8b, NETWORK, shutting down",
    "0x89, NETWORK, busy",
    "0x8d, NETWORK, has closed the connection",
    "0x97, NETWORK, has closed the connection",
    "0x8e, REFUSED, two boxes with one id",
    "0x87, REFUSED, login",
    "0x98, REFUSED, operator",
    "0x95, TOO_LARGE, too large"
  })
  void aDisconnectSaysHowSoonToComeBack(String code, Trouble.Kind kind, String words)
      throws IOException {
    try (RawBroker broker = new RawBroker()) {
      Link link = Links.connected(broker.uri());
      broker.disconnect(Integer.decode(code));
      Trouble trouble = Links.next(link, LinkEvent.Lost.class).trouble();
      link.drop();
      assertEquals(kind, trouble.kind(), trouble.text());
      assertTrue(trouble.text().contains(words), trouble.text());
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0x84, REFUSED, MQTT 5",
    "0x85, REFUSED, client id",
    "0x86, REFUSED, login",
    "0x88, NETWORK, busy",
    "0x8a, REFUSED, banned",
    "0x9f, NETWORK, busy"
  })
  void aWelcomeThatIsNoneSaysHowSoonToComeBack(String code, Trouble.Kind kind, String words)
      throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.welcome(Integer.decode(code));
      Link link = Links.open(broker.uri());
      Trouble trouble = Links.next(link, LinkEvent.Lost.class).trouble();
      link.drop();
      assertEquals(kind, trouble.kind(), trouble.text());
      assertTrue(trouble.text().contains(words), trouble.text());
    }
  }

  @Test
  void aBrokerWithoutSpaceKeepsNoRowFromGoingLater() throws IOException {
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
  void aRowThatTheBrokerCannotReadIsDeclaredAndTheRestArrives() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.answer((topic, body) -> body.contains("\"seq\":77,") ? 0x99 : 0);
      Outbox outbox = Rows.outbox(folder, 300);
      runUntilAllIsTaken(broker, outbox);
      assertEquals(1, outbox.status().dropped());
      assertDeclared(broker, outbox);
    }
  }

  @Test
  void aRowThatMakesTheBrokerCloseIsDeclaredAndTheRestArrives() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.answer((topic, body) -> body.contains("\"seq\":77,") ? -1 : 0);
      Outbox outbox = Rows.outbox(folder, 150);
      runUntilAllIsTaken(broker, outbox);
      assertEquals(1, outbox.status().dropped());
      assertDeclared(broker, outbox);
    }
  }

  /** The next batch of the boot says that row 77 will not come. */
  private void assertDeclared(RawBroker broker, Outbox outbox) throws IOException {
    Rows.append(outbox);
    Rows.append(outbox);
    runUntilAllIsTaken(broker, outbox);
    assertTrue(
        broker.taken().stream().anyMatch(body -> body.contains("\"drops\":[[77,77,\"refused\"]]")),
        broker.taken().toString());
    assertFalse(broker.taken().stream().anyMatch(body -> body.contains("\"seq\":77,")));
  }

  private void runUntilAllIsTaken(RawBroker broker, Outbox outbox) throws IOException {
    Publisher publisher =
        new Publisher(
            new Identity("sb-0042", "0", "0", boot -> Optional.empty()),
            Links.settings(broker.uri()),
            outbox,
            time,
            faults);
    Eventually.holds(
        "all rows taken or declared",
        () -> {
          publisher.cycle();
          return outbox.status().unacknowledged() == 0;
        });
    publisher.close();
  }
}
