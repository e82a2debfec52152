package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Runs the race against sockets of this machine, some of which do not answer. */
class ConnectRaceTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void theFirstAddressThatAnswersIsConnected() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      InetSocketAddress refusing = loopback(Mosquitto.freePort());
      InetSocketAddress answering = loopback(server.getLocalPort());
      try (SocketChannel channel = race(refusing, answering).run(LONG)) {
        assertEquals(answering, channel.getRemoteAddress());
        assertTrue(channel.isBlocking());
      }
    }
  }

  @Test
  void addressesThatAllRefuseAreReportedAtOnce() throws IOException {
    InetSocketAddress one = loopback(Mosquitto.freePort());
    assertThrows(ConnectException.class, () -> race(one, one).run(Duration.ofDays(1)));
  }

  @Test
  void noAnswerIsATimeout() throws IOException {
    try (TcpProxy proxy = new TcpProxy(1)) {
      proxy.startOutage();
      InetSocketAddress silent = loopback(proxy.uri("mqtt").getPort());
      assertThrows(SocketTimeoutException.class, () -> race(silent).run(Duration.ofMillis(300)));
    }
  }

  @Test
  void anAddressThatDoesNotAnswerDoesNotDelayTheOthers() throws IOException {
    try (TcpProxy proxy = new TcpProxy(1);
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      proxy.startOutage();
      InetSocketAddress silent = loopback(proxy.uri("mqtt").getPort());
      InetSocketAddress answering = loopback(server.getLocalPort());
      try (SocketChannel channel = race(silent, answering).run(LONG)) {
        assertEquals(answering, channel.getRemoteAddress());
      }
    }
  }

  @Test
  void anotherThreadMayCancelTheRace() throws IOException {
    try (TcpProxy proxy = new TcpProxy(1)) {
      proxy.startOutage();
      ConnectRace connectRace = race(loopback(proxy.uri("mqtt").getPort()));
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(
              () ->
                  assertThrows(ConnectException.class, () -> connectRace.run(Duration.ofDays(1))));
      connectRace.cancel();
      running.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static ConnectRace race(InetSocketAddress... addresses) {
    return new ConnectRace(List.of(addresses), new SystemTime());
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void aRaceWithoutTimeMakesNoAttempt() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      InetSocketAddress answering = loopback(server.getLocalPort());
      assertThrows(SocketTimeoutException.class, () -> race(answering).run(Duration.ZERO));
    }
  }

  @Test
  void aRaceThatWasCancelledBeforeItBeganMakesNoAttempt() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ConnectRace connectRace = race(loopback(server.getLocalPort()));
      connectRace.cancel();
      assertThrows(ConnectException.class, () -> connectRace.run(LONG));
    }
  }

  /**
   * Advances the time with each look at the addresses, which the race takes several times a second.
   */
  private static ConnectRace timedRace(
      ScriptedTime time, Duration step, InetSocketAddress... addresses) {
    return new ConnectRace(
        () -> {
          time.pass(step);
          return List.of(addresses);
        },
        time);
  }

  @Test
  void anAddressThatWasNotTriedYetIsTriedAfterAQuarterOfASecond() throws IOException {
    ScriptedTime time = new ScriptedTime();
    try (TcpProxy proxy = new TcpProxy(1);
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      proxy.startOutage();
      InetSocketAddress silent = loopback(proxy.uri("mqtt").getPort());
      InetSocketAddress answering = loopback(server.getLocalPort());
      timedRace(time, Duration.ofMillis(50), silent, answering).run(LONG).close();
      assertTrue(time.tickMs() >= 250, time.tickMs() + " ms");
      assertTrue(time.tickMs() <= 500, time.tickMs() + " ms");
    }
  }

  @Test
  void aRaceEndsAtItsLimitAlsoIfTheNextAttemptIsLater() throws IOException {
    ScriptedTime time = new ScriptedTime();
    try (TcpProxy proxy = new TcpProxy(1)) {
      proxy.startOutage();
      InetSocketAddress silent = loopback(proxy.uri("mqtt").getPort());
      ConnectRace race = timedRace(time, Duration.ofMillis(100), silent);
      assertThrows(SocketTimeoutException.class, () -> race.run(Duration.ofSeconds(1)));
      assertTrue(time.tickMs() <= 1200, time.tickMs() + " ms");
    }
  }

  @Test
  void addressesThatRefuseAreReportedAfterEachWasTriedOnce() throws IOException {
    ScriptedTime time = new ScriptedTime();
    InetSocketAddress[] refusing = {
      loopback(Mosquitto.freePort()), loopback(Mosquitto.freePort()), loopback(Mosquitto.freePort())
    };
    ConnectRace race = timedRace(time, Duration.ofMillis(1), refusing);
    assertThrows(ConnectException.class, () -> race.run(Duration.ofDays(1)));
    assertTrue(time.tickMs() < 250, "without a pause: " + time.tickMs() + " ms");
  }
}
