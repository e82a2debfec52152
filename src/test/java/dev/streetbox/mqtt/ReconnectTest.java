package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Checks the waits between connection attempts. */
class ReconnectTest {
  private static final ConnectionFailure NETWORK = ConnectionFailure.network("no network");
  private static final ConnectionFailure REFUSED = ConnectionFailure.refused("no");

  @Test
  void afterAnErrorOfTheNetworkTheWaitIsTwoSecondsAtMost() {
    Reconnect reconnect = new Reconnect(greatest());
    assertEquals(500, reconnect.nextWaitMs(NETWORK, 0));
    assertEquals(1000, reconnect.nextWaitMs(NETWORK, 0));
    for (int i = 0; i < 100; i++) {
      assertEquals(2000, reconnect.nextWaitMs(NETWORK, 0));
    }
  }

  @Test
  void theWaitAfterARefusalDoublesUpToFiveMinutes() {
    Reconnect reconnect = new Reconnect(greatest());
    assertEquals(5000, reconnect.nextWaitMs(REFUSED, 0));
    assertEquals(10_000, reconnect.nextWaitMs(REFUSED, 0));
    for (int i = 0; i < 100; i++) {
      reconnect.nextWaitMs(REFUSED, 0);
    }
    assertEquals(300_000, reconnect.nextWaitMs(REFUSED, 0));
  }

  @Test
  void onlyAConnectionThatHeldAMinuteResetsTheWait() {
    Reconnect reconnect = new Reconnect(greatest());
    reconnect.nextWaitMs(REFUSED, 0);
    assertEquals(10_000, reconnect.nextWaitMs(REFUSED, 59_999));
    assertEquals(5000, reconnect.nextWaitMs(REFUSED, 60_000));
  }

  @Test
  void theWaitAfterARequestForPatienceGrowsToTwoMinutesWithJitter() {
    ConnectionFailure busy = ReasonCode.inDisconnect(0x89, "");
    Reconnect reconnect = new Reconnect(greatest());
    for (long waitMs : new long[] {2000, 4000, 8000, 16_000, 32_000, 64_000, 120_000, 120_000}) {
      assertEquals(waitMs, reconnect.nextWaitMs(busy, 0));
    }
    Reconnect other = new Reconnect(new SplittableRandom(1));
    assertTrue(other.nextWaitMs(busy, 0) >= 1000);
    assertNotEquals(4000, other.nextWaitMs(busy, 0));
  }

  @Test
  void theWaitGrowsIfConnectionsAreClosedWithinSecondsAgainAndAgain() {
    Reconnect reconnect = new Reconnect(greatest());
    assertEquals(500, reconnect.nextWaitMs(NETWORK, 1));
    assertEquals(1000, reconnect.nextWaitMs(NETWORK, 9999));
    assertFalse(reconnect.isClosedAgainAndAgain());
    for (long waitMs : new long[] {2000, 4000, 8000, 16_000, 16_000}) {
      assertEquals(waitMs, reconnect.nextWaitMs(NETWORK, 3000));
      assertTrue(reconnect.isClosedAgainAndAgain());
    }
    assertEquals(2000, reconnect.nextWaitMs(NETWORK, 0), "no network, which may return soon");
    reconnect.nextWaitMs(NETWORK, 60_000);
    assertFalse(reconnect.isClosedAgainAndAgain());
  }

  @Test
  void theWaitGrowsAfterThreeClosesWithoutAnAnswerToConnect() {
    ConnectionFailure closed = new ConnectionFailure("", ConnectionFailure.Kind.EARLY_CLOSE);
    Reconnect reconnect = new Reconnect(greatest());
    reconnect.nextWaitMs(NETWORK, 60_000);
    assertEquals(1000, reconnect.nextWaitMs(closed, 0));
    assertEquals(2000, reconnect.nextWaitMs(closed, 0));
    for (long waitMs : new long[] {2000, 4000, 8000, 16_000, 30_000, 30_000}) {
      assertEquals(waitMs, reconnect.nextWaitMs(closed, 0));
    }
  }

  @Test
  void resetsBeforeConnackMakeTheWaitGrowOnlyWhileNoConnectionWasEverMade() {
    ConnectionFailure reset = new ConnectionFailure("", ConnectionFailure.Kind.EARLY_RESET);
    Reconnect never = new Reconnect(greatest());
    Reconnect once = new Reconnect(greatest());
    once.nextWaitMs(NETWORK, 60_000);
    for (int i = 0; i < 10; i++) {
      never.nextWaitMs(reset, 0);
      assertTrue(once.nextWaitMs(reset, 0) <= 2000);
    }
    assertEquals(30_000, never.nextWaitMs(reset, 0));
    assertFalse(once.isClosedAgainAndAgain());
  }

  @Test
  void aLinkThatFlapsFromTheStartIsTriedAgainWithinHalfAMinuteAndNotWithinASecond() {
    ConnectionFailure[] flaps = {
      new ConnectionFailure("", ConnectionFailure.Kind.EARLY_RESET),
      new ConnectionFailure("", ConnectionFailure.Kind.EARLY_CLOSE),
      ConnectionFailure.network("reset")
    };
    Seeds.each(
        20,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          Reconnect reconnect = new Reconnect(random);
          for (int i = 0; i < 100; i++) {
            ConnectionFailure flap = flaps[random.nextInt(flaps.length)];
            long heldMs = flap.kind() == ConnectionFailure.Kind.NETWORK ? 1 : 0;
            long waitMs = reconnect.nextWaitMs(flap, heldMs);
            assertTrue(waitMs <= 30_000, waitMs + " ms");
            boolean counts = flap.kind() != ConnectionFailure.Kind.EARLY_RESET;
            assertTrue(
                !counts || !reconnect.isClosedAgainAndAgain() || waitMs >= 1000, waitMs + " ms");
          }
        });
  }

  @Test
  void waitsAreSpreadFromZeroToTheLimit() {
    Reconnect reconnect = new Reconnect(new SplittableRandom(1));
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (int i = 0; i < 200; i++) {
      long waitMs = reconnect.nextWaitMs(NETWORK, 0);
      shortest = Math.min(shortest, waitMs);
      longest = Math.max(longest, waitMs);
    }
    assertTrue(shortest < 100 && longest > 1900 && longest <= 2000, shortest + ".." + longest);
  }

  /** Returns a generator of the greatest number each time. */
  private static RandomGenerator greatest() {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return -1;
      }

      @Override
      public long nextLong(long bound) {
        return bound - 1;
      }
    };
  }

  @Test
  void aConnectionOfTenSecondsIsNotClosedWithinSeconds() {
    Reconnect reconnect = new Reconnect(greatest());
    for (int i = 0; i < 5; i++) {
      reconnect.nextWaitMs(NETWORK, 10_000);
    }
    assertFalse(reconnect.isClosedAgainAndAgain());
  }

  @Test
  void aNetworkWithoutAConnectionIsNotClosedWithinSeconds() {
    Reconnect reconnect = new Reconnect(greatest());
    for (int i = 0; i < 5; i++) {
      reconnect.nextWaitMs(NETWORK, 0);
    }
    assertFalse(reconnect.isClosedAgainAndAgain());
  }

  @Test
  void aRefusalIsNoConnectionThatWasClosed() {
    Reconnect reconnect = new Reconnect(greatest());
    for (int i = 0; i < 5; i++) {
      reconnect.nextWaitMs(REFUSED, 1);
    }
    assertFalse(reconnect.isClosedAgainAndAgain());
  }

  @Test
  void aConnectionOfAMinuteResetsTheWaitsOfEachKind() {
    ConnectionFailure busy = ReasonCode.inDisconnect(0x89, "");
    Reconnect reconnect = new Reconnect(greatest());
    for (ConnectionFailure cause : new ConnectionFailure[] {NETWORK, REFUSED, busy}) {
      long firstMs = reconnect.nextWaitMs(cause, 0);
      assertEquals(2 * firstMs, reconnect.nextWaitMs(cause, 0));
      assertEquals(firstMs, reconnect.nextWaitMs(cause, 60_000));
    }
  }
}
