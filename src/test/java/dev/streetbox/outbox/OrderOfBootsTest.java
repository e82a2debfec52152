package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Boots in a row, some with a trusted clock, whatever their estimates say. */
class OrderOfBootsTest {
  private static final int BOOTS = 8;

  private final NavigableMap<Integer, Ledger> ledgers = new TreeMap<>();
  private final long[] beganMs = new long[BOOTS + 1];

  private void live(SplittableRandom random) {
    ledgers.clear();
    long nowMs = 1_000_000_000;
    for (int boot = 1; boot <= BOOTS; boot++) {
      nowMs += random.nextLong(20_000, 500_000);
      beganMs[boot] = nowMs;
      long rows = random.nextLong(1, 600);
      boolean known = random.nextInt(3) == 0;
      long guessMs = nowMs + random.nextLong(-900_000_000, 900_000_000);
      Ledger ledger = new Ledger(boot);
      ledger.add(
          new Anchor(
              boot,
              0,
              known ? nowMs : guessMs,
              known ? TimeSource.GNSS : TimeSource.EST,
              random.nextLong(60_000)));
      ledger.extendTo(rows, rows * 1_000);
      ledger.state(random.nextBoolean() ? BootState.ENDED : BootState.CUT);
      ledgers.put(boot, ledger);
      nowMs += rows * 1_000;
    }
  }

  private Timeline timeline(int boot) {
    return TimelineResolver.of(ledgers, boot);
  }

  @Test
  void aTrustedClockIsNeverMoved() {
    for (long seed = 0; seed < 300; seed++) {
      live(new SplittableRandom(seed));
      for (Ledger ledger : ledgers.values()) {
        if (!ledger.isEstimated()) {
          assertEquals(beganMs[ledger.boot()], timeline(ledger.boot()).startMs(), "seed " + seed);
        }
      }
    }
  }

  /** The truth fits between the neighbours, so a boot never begins after it can have begun. */
  @Test
  void anEstimateEndsBeforeTheNextTrustedClockAndTheTruthIsWithinItsBound() {
    for (long seed = 0; seed < 300; seed++) {
      live(new SplittableRandom(seed));
      for (int boot = 1; boot <= BOOTS; boot++) {
        Timeline timeline = timeline(boot);
        Integer next = nextTrusted(boot);
        String where = "seed " + seed + ", boot " + boot;
        if (timeline.isEstimate() && next != null) {
          long endMs = timeline.utcMs(ledgers.get(boot).lastTickMs());
          assertTrue(endMs <= beganMs[next], where);
          assertTrue(beganMs[boot] <= timeline.latestStartMs().orElseThrow(), where);
        } else {
          assertTrue(timeline.latestStartMs().isEmpty(), where);
        }
      }
    }
  }

  private Integer nextTrusted(int boot) {
    return ledgers.tailMap(boot, false).entrySet().stream()
        .filter(entry -> !entry.getValue().isEstimated())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  @Test
  void withoutATrustedClockAfterThemEstimatesDoNotOverlap() {
    for (long seed = 0; seed < 300; seed++) {
      live(new SplittableRandom(seed));
      for (int boot = 2; boot <= BOOTS; boot++) {
        if (timeline(boot).isEstimate() && nextTrusted(boot) == null) {
          long before = timeline(boot - 1).utcMs(ledgers.get(boot - 1).lastTickMs());
          assertTrue(before <= timeline(boot).startMs(), "seed " + seed + ", boot " + boot);
        }
      }
    }
  }

  /** To move an estimate does not make it surer: it may still have been as early as it said. */
  @Test
  void anEstimateThatIsMovedLaterKeepsItsEarliestTime() {
    for (long seed = 0; seed < 300; seed++) {
      live(new SplittableRandom(seed));
      for (int boot = 1; boot <= BOOTS; boot++) {
        if (timeline(boot).isEstimate() && nextTrusted(boot) == null) {
          Anchor own = ledgers.get(boot).anchors().get(0);
          assertEquals(
              own.utcMs() - own.uncertaintyMs(),
              timeline(boot).earliestStartMs().orElseThrow(),
              "seed " + seed + ", boot " + boot);
        }
      }
    }
  }
}
