package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Boots of 100 s each; times in milliseconds since 1970. */
class TimelineResolverTest {
  private final NavigableMap<Integer, Ledger> ledgers = new TreeMap<>();

  private void boot(int boot, long beginMs, TimeSource source) {
    Ledger ledger = new Ledger(boot);
    ledger.add(new Anchor(boot, 0, beginMs, source, beginMs));
    ledger.extendTo(100, 100_000);
    ledger.state(BootState.ENDED);
    ledgers.put(boot, ledger);
  }

  private long begin(int boot) {
    return TimelineResolver.of(ledgers, boot).utcMs(0);
  }

  @Test
  void aTrustedClockIsBelievedWhateverTheNeighboursSay() {
    boot(1, 900_000, TimeSource.GNSS);
    boot(2, 500_000, TimeSource.NTP);
    assertEquals(500_000, begin(2));
  }

  @Test
  void anEstimateBetweenItsNeighboursStays() {
    boot(1, 100_000, TimeSource.GNSS);
    boot(2, 300_000, TimeSource.EST);
    boot(3, 900_000, TimeSource.GNSS);
    Timeline timeline = TimelineResolver.of(ledgers, 2);
    assertEquals(300_000, timeline.utcMs(0));
    assertEquals(TimeSource.EST, timeline.source(0));
    assertEquals(OptionalLong.of(800_000), timeline.latestStartMs());
  }

  @Test
  void bootsWithoutAClockFollowOneAnother() {
    boot(1, 100_000, TimeSource.GNSS);
    boot(2, 0, TimeSource.EST);
    boot(3, 0, TimeSource.EST);
    assertEquals(200_000, begin(2));
    assertEquals(300_000, begin(3));
  }

  @Test
  void anEstimateEndsBeforeTheNextBootThatIsKnown() {
    boot(1, 800_000, TimeSource.EST);
    boot(2, 800_000, TimeSource.EST);
    boot(3, 500_000, TimeSource.GNSS);
    assertEquals(300_000, begin(1));
    assertEquals(400_000, begin(2));
  }

  @Test
  void aBootThatTheStoreKnowsNothingOfDoesNotMoveOthers() {
    boot(1, 100_000, TimeSource.GNSS);
    ledgers.put(2, new Ledger(2));
    boot(3, 0, TimeSource.EST);
    assertEquals(200_000, begin(3));
  }

  @Test
  void anEstimateThatWasCutOffKeepsRoomForRowsThatWereSentAndLost() {
    boot(1, 100_000, TimeSource.GNSS);
    boot(2, 800_000, TimeSource.EST);
    ledgers.get(2).state(BootState.CUT);
    boot(3, 500_000, TimeSource.GNSS);
    assertEquals(390_000, begin(2));
    assertEquals(OptionalLong.of(400_000), TimelineResolver.of(ledgers, 2).latestStartMs());
  }

  @Test
  void anEstimateKeepsRoomForWhatWasLostOfTheBootsBetweenToo() {
    boot(1, 800_000, TimeSource.EST);
    boot(2, 800_000, TimeSource.EST);
    boot(3, 800_000, TimeSource.EST);
    boot(4, 700_000, TimeSource.GNSS);
    assertEquals(400_000, begin(1));
    ledgers.get(2).state(BootState.CUT);
    assertEquals(390_000, begin(1));
    ledgers.get(3).state(BootState.CUT);
    assertEquals(380_000, begin(1));
    assertEquals(OptionalLong.of(400_000), TimelineResolver.of(ledgers, 1).latestStartMs());
  }

  @Test
  void numbersThatWereDrawnTellNoOrder() {
    boot(1, 100_000, TimeSource.GNSS);
    boot(2, 300_000, TimeSource.EST);
    boot(BootFile.FIRST_DRAWN, 50_000, TimeSource.GNSS);
    boot(BootFile.FIRST_DRAWN + 1, 40_000, TimeSource.EST);
    assertEquals(300_000, begin(2));
    assertEquals(40_000, begin(BootFile.FIRST_DRAWN + 1));
  }
}
