package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Resolves with a name server that changes its answer, has none, or is silent. */
class BrokerAddressesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ScriptedTime time = new ScriptedTime();
  private final AtomicReference<String> answer = new AtomicReference<>("127.0.0.1");
  private final AtomicInteger lookups = new AtomicInteger();
  private final CountDownLatch silence = new CountDownLatch(1);
  private final BrokerAddresses addresses =
      new BrokerAddresses(
          InetSocketAddress.createUnresolved("broker.test", 1883), this::resolve, time);

  @Test
  void aNewAddressIsFoundByTheNextLookup() throws IOException {
    assertEquals(at("127.0.0.1"), addresses.await(LONG));
    answer.set("127.0.0.2");
    assertEquals(at("127.0.0.2"), addresses.await(LONG));
  }

  @Test
  void theLastAddressIsUsedWhileTheNameServerFailsOrIsSilent() throws IOException {
    addresses.await(LONG);
    answer.set("none");
    assertEquals(at("127.0.0.1"), addresses.await(LONG));
    answer.set("silent");
    assertEquals(at("127.0.0.1"), addresses.await(LONG));
    silence.countDown();
  }

  @Test
  void aNameWithoutAnyAddressIsUnknown() {
    answer.set("none");
    assertThrows(UnknownHostException.class, () -> addresses.await(LONG));
    answer.set("silent");
    assertThrows(UnknownHostException.class, () -> addresses.await(Duration.ofMillis(1)));
    silence.countDown();
  }

  @Test
  void lookupsInTheBackgroundBeginTwoSecondsApart() throws IOException {
    addresses.await(LONG);
    for (int i = 0; i < 10; i++) {
      assertEquals(at("127.0.0.1"), addresses.latest());
    }
    assertEquals(1, lookups.get());
    answer.set("127.0.0.2");
    time.pass(Duration.ofSeconds(2));
    Eventually.holds("the new address", () -> addresses.latest().equals(at("127.0.0.2")));
    assertEquals(2, lookups.get());
  }

  @Test
  void aLookupThatIsStillSilentAfterTwoSecondsDoesNotDelayTheNext() {
    answer.set("silent");
    assertThrows(UnknownHostException.class, () -> addresses.await(Duration.ofMillis(1)));
    answer.set("127.0.0.1");
    time.pass(Duration.ofSeconds(2));
    assertDoesNotThrow(() -> assertEquals(at("127.0.0.1"), addresses.await(LONG)));
    assertEquals(2, lookups.get());
    silence.countDown();
  }

  @Test
  void threeSilentLookupsAtMostAreRunning() {
    answer.set("silent");
    for (int i = 0; i < 10; i++) {
      assertThrows(UnknownHostException.class, () -> addresses.await(Duration.ofMillis(1)));
      time.pass(Duration.ofSeconds(2));
    }
    assertTrue(lookups.get() <= 3, lookups + " lookups");
    silence.countDown();
  }

  @Test
  void anInterfaceWithoutAnAddressOfTheZonesScopeIsNamed() {
    BrokerAddresses zone =
        new BrokerAddresses(
            InetSocketAddress.createUnresolved("fe80::1%lo", 1883),
            InetAddress::getAllByName,
            time);
    IOException thrown = assertThrows(IOException.class, () -> zone.await(LONG));
    String text = ConnectionFailure.of(thrown).text();
    assertTrue(text.contains("as lo has no link-local one: ip -6 address"), text);
  }

  @Test
  void theJvmKeepsNoAddressAndNoAbsenceOfOne() throws IOException {
    addresses.await(LONG);
    assertEquals("0", Security.getProperty("networkaddress.cache.ttl"));
    assertEquals("0", Security.getProperty("networkaddress.cache.negative.ttl"));
  }

  @Test
  void aRaceTriesANewAddressAtOnce() throws IOException {
    try (TcpProxy silent = new TcpProxy(1);
        RawBroker broker = new RawBroker()) {
      silent.startOutage();
      List<InetSocketAddress> old =
          List.of(
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), silent.uri("mqtt").getPort()));
      List<InetSocketAddress> moved =
          List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.uri().getPort()));
      AtomicInteger asked = new AtomicInteger();
      ConnectRace race =
          new ConnectRace(() -> asked.incrementAndGet() < 4 ? old : moved, new ScriptedTime());
      race.run(LONG).close();
      assertTrue(asked.get() >= 4);
    }
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    lookups.incrementAndGet();
    String text = answer.get();
    if (text.equals("silent")) {
      try {
        silence.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (!text.startsWith("127")) {
      throw new UnknownHostException(host);
    }
    return InetAddress.getAllByName(text);
  }

  private static List<InetSocketAddress> at(String address) {
    return List.of(new InetSocketAddress(address, 1883));
  }

  @Test
  void anUnknownNameIsInTheMessageWithItsCause() {
    answer.set("none");
    UnknownHostException error =
        assertThrows(UnknownHostException.class, () -> addresses.await(LONG));
    assertEquals("broker.test", error.getMessage());
    assertNotNull(error.getCause());
  }

  @Test
  void aLookupThatHasEndedMakesRoomForTheNext() {
    answer.set("none");
    for (int i = 0; i < 10; i++) {
      assertThrows(UnknownHostException.class, () -> addresses.await(LONG));
      time.pass(Duration.ofSeconds(2));
    }
    answer.set("silent");
    assertThrows(UnknownHostException.class, () -> addresses.await(Duration.ofMillis(1)));
    time.pass(Duration.ofSeconds(2));
    answer.set("127.0.0.1");
    assertDoesNotThrow(() -> assertEquals(at("127.0.0.1"), addresses.await(LONG)));
    silence.countDown();
  }
}
