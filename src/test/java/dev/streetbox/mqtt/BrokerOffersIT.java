package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connects to brokers that offer less than all, or answer something else than MQTT 5. */
class BrokerOffersIT {
  private static final Message STATE =
      new Message("s", "on".getBytes(StandardCharsets.UTF_8), "application/json", true);

  /** Bit Will Retain of the Connect Flags, which follow the protocol's name and version. */
  private static final int WILL_RETAIN = 0x20;

  private static final int CONNECT_FLAGS = 7;

  @TempDir private Path folder;

  private static Connector box(RawBroker broker) {
    return new PahoConnector(
        BrokerSettings.anonymous(broker.uri()), PahoConnector.BOX_PACKET_BYTES, new SystemTime());
  }

  private static Connection open(Connector connector) throws IOException {
    Session session = Session.durable("sb-1", List.of(STATE));
    return connector.open(session, () -> KnownTime.ofSystemClock(new SystemTime()));
  }

  private static boolean isWillRetained(byte[] connect) {
    return (connect[CONNECT_FLAGS] & WILL_RETAIN) != 0;
  }

  private static ConnectionFailure lost(Connection link) throws IOException {
    ConnectionFailure failure = Links.next(link, ConnectionEvent.Lost.class).cause();
    link.drop();
    Eventually.holds("the end of Paho's threads", () -> Links.pahoThreads() == 0);
    return failure;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x91", "0x95", "0x80", "0x99", "0x8d", "0xff"})
  void eachCodeOfAPubackIsTheAnswerAndTheConnectionGoesOn(String code) throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.answer((topic, body) -> Integer.decode(code));
      Connection link = Links.connected(broker.uri());
      assertEquals(Integer.decode(code), Links.answer(link, Links.text("a", "x")));
      assertEquals(Integer.decode(code), Links.answer(link, Links.text("a", "x")));
      link.drop();
    }
  }

  @Test
  void mosquittosMessageSizeLimitIsTheAnswerAndTheConnectionGoesOn() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, "message_size_limit 2000")) {
      Connection link = Links.connected(broker.uri());
      assertEquals(0x95, Links.answer(link, new Message("a", new byte[2001], "", false)));
      assertEquals(0x10, Links.answer(link, new Message("a", new byte[2000], "", false)));
      link.drop();
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "20 05 00 00 02 24 00, QoS 0 only",
    "20 02 00 01, MQTT 3.1.1 only",
    "15 03 01 00 02 02 46, write mqtts://",
    "48 54 54 50 2f 31 2e 31 20 33 30 32 0d 0a, captive portal",
    "20 03 00 9b 00, 'does not offer QoS 1, 0x9b'",
    "f0 07 18 05 15 00 02 61 62, enhanced authentication"
  })
  void anOfferThatIsNotEnoughIsARefusalInWords(String answer, String words) throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.answerConnect(answer);
      ConnectionFailure failure = lost(open(box(broker)));
      assertTrue(failure.text().contains(words), failure.text());
      assertEquals(ConnectionFailure.Kind.REFUSED, failure.kind());
    }
  }

  @Test
  void aCloseInsteadOfAnAnswerNamesTlsAndTheVersion() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.answerConnect("");
      ConnectionFailure failure = lost(open(box(broker)));
      assertTrue(failure.text().contains("a port for TLS (mqtts://)"), failure.text());
      assertEquals(ConnectionFailure.Kind.EARLY_CLOSE, failure.kind());
    }
  }

  @Test
  void aResetInsteadOfAnAnswerMayBeTheNetworks() throws IOException {
    try (RawBroker broker = new RawBroker();
        TcpProxy proxy = new TcpProxy(broker.uri().getPort())) {
      proxy.resetAfter(5, TcpProxy.ENDLESS);
      assertEquals(ConnectionFailure.Kind.EARLY_RESET, lost(Links.open(proxy.uri("mqtt"))).kind());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "40 ff ff ff 7f",
        "40 ff ff ff ff ff",
        "34 04 00 01 61 00",
        "43 02 00 01",
        "00 00",
        "50 02 00 01",
        "20 03 00 00 00",
        "40 06 00 01 00 05 1f 00"
      })
  void aPacketThatPahoCannotParseEndsTheConnectionInWords(String packet) throws IOException {
    try (RawBroker broker = new RawBroker()) {
      Connection link = Links.connected(broker.uri());
      broker.send(packet);
      ConnectionFailure failure = lost(link);
      assertTrue(failure.text().contains("malformed packet"), failure.text());
    }
  }

  /** A broker sends what a durable session has not acknowledged again on each connection. */
  @Test
  void aMessageWithAControlCharacterIsAcknowledgedAndTheConnectionGoesOn() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      Connection link = Links.connected(broker.uri());
      broker.send("32 08 00 03 61 2f 07 12 34 00 32 08 00 03 61 2f 62 12 35 00");
      ConnectionEvent.Arrived first = Links.next(link, ConnectionEvent.Arrived.class);
      assertEquals("unreadable", first.message().topic());
      assertEquals(8, first.message().omittedBytes());
      link.acknowledge(first);
      ConnectionEvent.Arrived second = Links.next(link, ConnectionEvent.Arrived.class);
      assertEquals("a/b", second.message().topic());
      Eventually.holds("a PUBACK", () -> broker.acknowledged().equals(List.of(0x1234)));
      assertEquals(0, Links.answer(link, Links.text("a", "x")));
      link.drop();
    }
  }

  @Test
  void aBrokerWithoutRetainedMessagesGetsStateAndNextWillUnretained() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.answerConnect("20 05 00 00 02 25 00");
      Connector connector = box(broker);
      for (int i = 0; i < 2; i++) {
        Connection link = open(connector);
        assertEquals(
            Set.of(BrokerFeature.RETAIN),
            Links.next(link, ConnectionEvent.Connected.class).missing());
        assertEquals(0, Links.answer(link, STATE));
        link.drop();
      }
      assertEquals(List.of(0x32, 0x32), broker.publishHeaders());
      assertEquals(true, isWillRetained(broker.connects().get(0)));
      assertEquals(false, isWillRetained(broker.connects().get(1)));
    }
  }

  @Test
  void aBrokerThatRefusesARetainedWillGetsAnUnretainedOneNext() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      Connector connector = box(broker);
      broker.answerConnect("20 03 00 9a 00");
      ConnectionFailure failure = lost(open(connector));
      assertTrue(failure.text().contains("no retained messages"), failure.text());
      broker.connack(0);
      Connection link = open(connector);
      assertEquals(
          Set.of(BrokerFeature.RETAIN),
          Links.next(link, ConnectionEvent.Connected.class).missing());
      link.drop();
      assertEquals(false, isWillRetained(broker.connects().get(1)));
    }
  }

  @Test
  void aShorterKeepAliveOfTheBrokerIsKeptFromTheBeginning() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.answerConnect("20 06 00 00 03 13 00 01");
      Connection link = open(box(broker));
      Links.next(link, ConnectionEvent.Connected.class);
      Eventually.holds("three PINGREQ", () -> broker.pings() >= 3);
      link.drop();
    }
  }

  @Test
  void theLimitOfIncomingPacketsDoesNotLimitTheOutgoing() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      Connection link = open(box(broker));
      Links.next(link, ConnectionEvent.Connected.class);
      int larger = 2 * PahoConnector.BOX_PACKET_BYTES;
      assertEquals(0, Links.answer(link, new Message("a", new byte[larger], "", false)));
      link.drop();
    }
  }

  @Test
  void aMessageAboveTheIncomingLimitIsNotSentByABrokerThatKeepsToIt() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      Connector small =
          new PahoConnector(BrokerSettings.anonymous(broker.uri()), 1000, new SystemTime());
      Connection link =
          small.open(Session.clean("small"), () -> KnownTime.ofSystemClock(new SystemTime()));
      Links.next(link, ConnectionEvent.Connected.class);
      link.subscribe("a");
      assertEquals(1, Links.next(link, ConnectionEvent.Subscribed.class).code());
      Connection sender = Links.connected(broker.uri());
      sender.publish(1, new Message("a", new byte[2000], "", false));
      sender.publish(2, Links.text("a", "short"));
      Message arrived = Links.next(link, ConnectionEvent.Arrived.class).message();
      assertEquals("short", new String(arrived.payload(), StandardCharsets.UTF_8));
      sender.drop();
      link.drop();
    }
  }
}
