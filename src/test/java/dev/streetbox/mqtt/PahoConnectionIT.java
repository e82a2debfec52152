package dev.streetbox.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests one connection against a real Mosquitto and against peers that violate the protocol. */
class PahoConnectionIT {
  @TempDir Path folder;

  @Test
  void thePubackStatesWhetherThereIsASubscriber() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      Connection link = Links.connected(broker.uri());
      assertEquals(0x10, Links.answer(link, Links.text("a", "to nobody")));
      try (MosquittoSub sub = new MosquittoSub(broker, "a")) {
        assertEquals(0, Links.answer(link, Links.text("a", "to one")));
        assertEquals("to one", sub.next().payload());
      }
      link.drop();
    }
  }

  @Test
  void aTopicThatTheBrokerDeniesIsAnsweredWithNotAuthorized() throws IOException {
    Files.writeString(folder.resolve("acl"), "topic read #\ntopic write allowed\n");
    try (Mosquitto broker = Mosquitto.started(folder, "acl_file " + folder.resolve("acl"))) {
      Connection link = Links.connected(broker.uri());
      assertEquals(0x87, Links.answer(link, Links.text("denied", "x")));
      assertEquals(0x10, Links.answer(link, Links.text("allowed", "x")));
      link.drop();
    }
  }

  @Test
  void theConnackHoldsTheBrokersLimits() throws IOException {
    try (Mosquitto broker =
        Mosquitto.started(folder, "max_packet_size 3000", "max_inflight_messages 2")) {
      Connection link = Links.open(broker.uri());
      assertEquals(
          new ConnectionEvent.Connected(2, 3000, false),
          Links.next(link, ConnectionEvent.Connected.class));
      link.drop();
    }
  }

  @Test
  void aMessageThatWasPublishedAsRetainedArrivesWithThatFlagAndItsCorrelationData()
      throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      Connection link = Links.connected(broker.uri());
      link.subscribeAsPublished("cmd/#");
      assertEquals(
          new ConnectionEvent.Subscribed(1, "cmd/#"),
          Links.next(link, ConnectionEvent.Subscribed.class));
      Message sent = new Message("cmd/ping", new byte[] {'x'}, "", true);
      link.publish(1, sent.correlatedBy(new byte[] {0, 1, (byte) 0xff}).expiringAfter(60));
      ConnectionEvent.Arrived arrived = arrived(link);
      assertTrue(arrived.message().retained());
      assertArrayEquals(new byte[] {0, 1, (byte) 0xff}, arrived.message().correlationData());
      link.drop();
    }
  }

  @Test
  void aMessageAboveTheLimitArrivesWithoutItsPayloadAndCanBeAcknowledged() throws IOException {
    try (RawBroker broker = new RawBroker()) {
      Connection link = Links.connected(broker.uri());
      // PUBLISH at QoS 1 with topic a/b, identifier 9 and 1,000,000 bytes.
      broker.send("32 c0 84 3d 00 03 61 2f 62 00 09 00" + "20".repeat(1_000_000 - 8));
      ConnectionEvent.Arrived arrived = arrived(link);
      assertEquals("a/b", arrived.message().topic());
      assertEquals(1_000_000, arrived.message().omittedBytes());
      assertEquals(0, arrived.message().payload().length);
      link.acknowledge(arrived);
      Eventually.holds("PUBACK", () -> broker.acknowledged().equals(List.of(9)));
      assertEquals(0, Links.answer(link, Links.text("a", "the connection still works")));
      link.drop();
    }
  }

  /** Waits for a message and passes over PUBACKs. */
  private static ConnectionEvent.Arrived arrived(Connection link) throws IOException {
    Optional<ConnectionEvent> event = link.await(Duration.ofSeconds(20));
    while (event.isPresent() && event.get() instanceof ConnectionEvent.Answered) {
      event = link.await(Duration.ofSeconds(20));
    }
    return (ConnectionEvent.Arrived) event.orElseThrow();
  }

  @Test
  void aPacketAboveTheBrokersLimitEndsTheConnectionWithThatReason() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, "max_packet_size 3000")) {
      Connection link = Links.connected(broker.uri());
      link.publish(1, Links.text("a", "x".repeat(5000)));
      assertEquals(
          ConnectionFailure.Kind.TOO_LARGE,
          Links.next(link, ConnectionEvent.Lost.class).cause().kind());
      link.drop();
    }
  }

  @Test
  void aWrongPasswordIsARefusalThatNamesTheSetting() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, "allow_anonymous false")) {
      Connection link = Links.open(broker.uri());
      ConnectionFailure failure = Links.next(link, ConnectionEvent.Lost.class).cause();
      assertEquals(ConnectionFailure.Kind.REFUSED, failure.kind());
      assertTrue(failure.text().contains("password_file"), failure.text());
      link.drop();
    }
  }

  @Test
  void aMessageIsSentAgainUntilItIsAcknowledged() throws IOException {
    // One in flight, so that the second message shows that the broker has the first one's PUBACK.
    try (Mosquitto broker = Mosquitto.started(folder, "max_inflight_messages 1")) {
      Session durable = new Session("box", 60, List.of());
      Connection first = Links.open(broker.uri(), durable);
      Links.next(first, ConnectionEvent.Connected.class);
      first.subscribe("cmd");
      assertTrue(Links.next(first, ConnectionEvent.Subscribed.class).code() < 0x80);
      Connection other = other(broker.uri());
      assertEquals(0, Links.answer(other, Links.text("cmd", "ping")));
      Links.next(first, ConnectionEvent.Arrived.class);
      first.drop();

      Connection second = Links.open(broker.uri(), durable);
      assertTrue(Links.next(second, ConnectionEvent.Connected.class).sessionPresent());
      ConnectionEvent.Arrived again = Links.next(second, ConnectionEvent.Arrived.class);
      assertEquals("ping", new String(again.message().payload(), UTF_8));
      second.acknowledge(again);
      assertEquals(0, Links.answer(other, Links.text("cmd", "next")));
      Links.next(second, ConnectionEvent.Arrived.class);
      second.drop();

      Connection third = Links.open(broker.uri(), durable);
      Links.next(third, ConnectionEvent.Connected.class);
      ConnectionEvent.Arrived next = Links.next(third, ConnectionEvent.Arrived.class);
      assertEquals("next", new String(next.message().payload(), UTF_8));
      third.drop();
      other.drop();
    }
  }

  @Test
  void theWillIsPublishedAfterALossAndNotAfterADisconnect() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder);
        MosquittoSub sub = new MosquittoSub(broker, "#")) {
      Session session = new Session("box", 0, List.of(Links.text("state", "offline")));
      Connection disconnecting = Links.open(broker.uri(), session);
      Links.next(disconnecting, ConnectionEvent.Connected.class);
      disconnecting.disconnect();
      Links.next(disconnecting, ConnectionEvent.Lost.class);
      Connection dropping = Links.open(broker.uri(), session);
      Links.next(dropping, ConnectionEvent.Connected.class);
      assertEquals(0, Links.answer(dropping, Links.text("marker", "between")));
      dropping.drop();
      assertEquals("between", sub.next().payload());
      assertEquals(new MosquittoSub.Message("state", false, "text/plain", "offline"), sub.next());
    }
  }

  @Test
  void aRetainedMessageAndAWillExpire() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      Message kept = new Message("state", new byte[] {'x'}, "", true);
      Connection link = Links.connected(broker.uri());
      int answer = Links.answer(link, kept.expiringAfter(1));
      assertTrue(answer < 0x80, "0x10 means that nobody subscribes, and was " + answer);
      link.drop();
      Eventually.holds("the message expires", () -> isRetained(broker, "state", false));
    }
  }

  /** Returns whether the broker's retained message of a topic is there or gone, as expected. */
  private static boolean isRetained(Mosquitto broker, String topic, boolean expected)
      throws IOException {
    Connection reader = Links.connected(broker.uri());
    reader.subscribe(topic);
    Links.next(reader, ConnectionEvent.Subscribed.class);
    boolean found =
        reader
            .await(Duration.ofMillis(300))
            .filter(ConnectionEvent.Arrived.class::isInstance)
            .isPresent();
    reader.drop();
    return found == expected;
  }

  @Test
  void aKilledBrokerIsALossOfTheNetwork() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      Connection link = Links.connected(broker.uri());
      broker.kill();
      assertEquals(
          ConnectionFailure.Kind.NETWORK,
          Links.next(link, ConnectionEvent.Lost.class).cause().kind());
      link.drop();
      Connection refused = Links.open(broker.uri());
      assertEquals(
          ConnectionFailure.Kind.NETWORK,
          Links.next(refused, ConnectionEvent.Lost.class).cause().kind());
      refused.drop();
    }
  }

  @Test
  void peersThatAcceptAndCloseLeaveNoThreadBehind() throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 20; i++) {
        Connection link = Links.open(URI.create("mqtt://127.0.0.1:" + peer.getLocalPort()));
        peer.accept().close();
        Links.next(link, ConnectionEvent.Lost.class);
        link.drop();
      }
    }
    Eventually.holds("the end of Paho's threads", () -> Links.pahoThreads() == 0);
  }

  @Test
  void peersThatAcceptAndDoNotAnswerLeaveNoThreadAndNoSocketBehind() throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 20; i++) {
        Connection link = Links.open(URI.create("mqtt://127.0.0.1:" + peer.getLocalPort()));
        try (Socket socket = peer.accept()) {
          InputStream in = socket.getInputStream();
          assertEquals(0x10, in.read(), "the first byte of CONNECT");
          link.drop();
          Links.next(link, ConnectionEvent.Lost.class);
          in.readAllBytes(); // Returns once the client's end of the socket is closed.
        }
      }
    }
    Eventually.holds("the end of Paho's threads", () -> Links.pahoThreads() == 0);
  }

  @Test
  void aPacketThatArrivesInPartsSecondsApartIsReadWhole() throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Connection link = Links.open(URI.create("mqtt://127.0.0.1:" + peer.getLocalPort()));
      try (Socket socket = peer.accept()) {
        assertEquals(0x10, socket.getInputStream().read(), "the first byte of CONNECT");
        // CONNACK: no session, success, no properties (MQTT 5, 3.2).
        socket.getOutputStream().write(0x20);
        new SystemTime().sleep(Duration.ofMillis(1500));
        socket.getOutputStream().write(new byte[] {3, 0, 0, 0});
        assertEquals(65_535, Links.next(link, ConnectionEvent.Connected.class).receiveMaximum());
        link.drop();
      }
    }
  }

  private static Connection other(URI broker) throws IOException {
    Session session = new Session("other", 0, List.of());
    Connection link = Links.open(broker, session);
    Links.next(link, ConnectionEvent.Connected.class);
    return link;
  }
}
