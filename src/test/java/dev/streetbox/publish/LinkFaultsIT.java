package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.Seeds;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.TcpProxy;
import dev.streetbox.mqtt.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests a box and its broker with a bad radio link between them; a subscriber beside the broker
 * accounts for every row. The box's clock runs ten times faster than the link.
 */
class LinkFaultsIT {
  @TempDir Path folder;

  @Test
  void anOutageOfSecondsDoesNotEndTheConnection() throws IOException {
    try (Ride ride = new Ride(folder)) {
      ride.untilReceived(10);
      ride.proxy().startOutage();
      ride.forRealTime(Duration.ofSeconds(4));
      ride.proxy().endOutage();
      ride.untilReceived(60);
      ride.assertEveryRowArrives();
      assertEquals(0, ride.status().losses());
    }
  }

  /** Tests outages of a quarter and of a whole minute; {@code src/bench/link} has four minutes. */
  @ParameterizedTest(name = "{0} s after it was noticed")
  @ValueSource(ints = {4, 50})
  void aLongOutageIsDetectedAndEndsWithANewConnection(int seconds) throws IOException {
    try (Ride ride = new Ride(folder)) {
      ride.untilReceived(10);
      ride.proxy().startOutage();
      ride.until("the outage is detected", () -> ride.status().losses() == 1);
      ride.forRealTime(
          Duration.ofSeconds(seconds)); // Meanwhile the pause between SYNs has grown to 3 s.
      ride.proxy().endOutage();
      ride.until("it is online", () -> ride.status().state().equals("online"));
      ride.assertEveryRowArrives();
      assertEquals(1, ride.status().losses());
    }
  }

  @Test
  void aRoundTripOfThreeSecondsDoesNotEndTheConnection() throws IOException {
    try (Ride ride = new Ride(folder)) {
      ride.proxy().delay(Duration.ofMillis(1500));
      ride.untilReceived(80);
      ride.assertEveryRowArrives();
      assertEquals(0, ride.status().losses());
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Encoding.class)
  void aBacklogOverASlowLinkDoesNotEndTheConnection(Encoding encoding) throws IOException {
    try (Ride ride = new Ride(folder, 3000, encoding, Optional.empty())) {
      ride.proxy().throttle(32_000);
      ride.untilReceived(3000);
      ride.assertEveryRowArrives();
      assertEquals(0, ride.status().losses());
    }
  }

  @Test
  void rowsWhoseAnswersAreLostAreSentAgain() throws IOException {
    try (Ride ride = new Ride(folder)) {
      ride.untilReceived(10);
      ride.proxy().dropAnswers(true);
      ride.until("the missing answers are detected", () -> ride.status().losses() == 1);
      ride.proxy().dropAnswers(false);
      ride.proxy().reset(); // The dropped bytes make the rest of the stream invalid.
      ride.assertEveryRowArrives();
    }
  }

  @ParameterizedTest(name = "{0} bytes up, {1} down")
  @CsvSource({
    "0, 100000", // accepted and closed
    "5, 100000", // within CONNECT
    "100000, 1", // within CONNACK
    "100000, 18", // after CONNACK, or within
    "300, 100000", // within the first messages
    "900, 100000",
    "100000, 25", // within the first PUBACKs
    "100000, 60"
  })
  void aConnectionMayBeResetAtAnyByte(int up, int down) throws IOException {
    try (Ride ride = new Ride(folder, 100)) {
      ride.proxy().resetAfter(up, down);
      ride.until("two resets", () -> ride.proxy().accepted() > 2);
      ride.proxy().resetAfter(TcpProxy.ENDLESS, TcpProxy.ENDLESS);
      ride.proxy().reset();
      ride.assertEveryRowArrives();
    }
  }

  @ParameterizedTest(name = "{0} bytes up, {1} down")
  @CsvSource({
    "100, 100000", // within the client's hello
    "100000, 700", // within the server's certificate
    "100000, 1500", // within CONNACK or the first PUBACKs
    "1500, 100000" // within the first messages
  })
  void anEncryptedConnectionMayBeResetAtAnyByte(int up, int down) throws IOException {
    TestCa ca = new TestCa(folder.resolve("ca"));
    ca.issue("server", "IP:127.0.0.1");
    try (Ride ride = new Ride(folder, 100, Encoding.JSON, Optional.of(ca))) {
      ride.proxy().resetAfter(up, down);
      ride.until("two resets", () -> ride.proxy().accepted() > 2);
      ride.proxy().resetAfter(TcpProxy.ENDLESS, TcpProxy.ENDLESS);
      ride.proxy().reset();
      ride.assertEveryRowArrives();
    }
  }

  @Test
  void randomLinkFaultsLoseNoRow() {
    Seeds.each(3, this::losesNoRow);
  }

  private void losesNoRow(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path own = Files.createDirectory(folder.resolve("seed-" + seed));
    try (Ride ride = new Ride(own, 200)) {
      for (int i = 0; i < 15; i++) {
        Duration moment = Duration.ofMillis(random.nextInt(1000));
        switch (random.nextInt(7)) {
          case 0 -> ride.proxy().reset();
          case 1 -> ride.proxy().delay(Duration.ofMillis(random.nextInt(300)));
          case 2 -> ride.proxy().throttle(2000 + random.nextInt(50_000));
          case 3 -> ride.proxy().resetAfter(random.nextInt(3000), TcpProxy.ENDLESS);
          case 4 -> ride.proxy().resetAfter(TcpProxy.ENDLESS, random.nextInt(100));
          case 5 -> inside(ride, moment);
          default -> frozen(ride, moment);
        }
        ride.forRealTime(moment);
      }
      ride.proxy().throttle(Long.MAX_VALUE);
      ride.proxy().delay(Duration.ZERO);
      ride.proxy().resetAfter(TcpProxy.ENDLESS, TcpProxy.ENDLESS);
      ride.proxy().reset();
      ride.assertEveryRowArrives();
    }
    Eventually.holds("the end of Paho's threads", () -> Links.pahoThreads() == 0);
  }

  private static void inside(Ride ride, Duration moment) throws IOException {
    ride.proxy().startOutage();
    ride.forRealTime(moment);
    ride.proxy().endOutage();
  }

  private static void frozen(Ride ride, Duration moment) throws IOException {
    ride.broker().suspend();
    ride.forRealTime(moment);
    ride.broker().resume();
  }
}
