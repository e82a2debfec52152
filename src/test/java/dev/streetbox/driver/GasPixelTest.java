package dev.streetbox.driver;

import static dev.streetbox.measure.Quality.GAS_STUCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GasPixelTest {
  private static final long STUCK_MS = 300_000;
  private static final long LIFE_MS = GasIndex.STATE_LIFE.toMillis();

  private final GasPixel pixel =
      new GasPixel(GasIndex.Gas.VOC, Quantity.VOC_RAW, Quantity.VOC_INDEX);

  private boolean accepts(int ticks, long nowMs) {
    return pixel.take(ticks, nowMs, new SampleBuilder());
  }

  private Sample sample(int ticks, long nowMs) {
    SampleBuilder builder = new SampleBuilder();
    pixel.take(ticks, nowMs, builder);
    return builder.build();
  }

  /** Adds varying signals of two minutes, one a second, and returns the tick of the last one. */
  private long learn() {
    for (int second = 0; second < 120; second++) {
      accepts(30_000 + second % 9, second * 1_000L);
    }
    return 119_000;
  }

  @Test
  void onlyASignalThatTheIndexHasTakenIsAccepted() {
    assertTrue(accepts(30_000, 0));
    assertTrue(accepts(30_000, STUCK_MS - 1));
    assertFalse(accepts(30_000, STUCK_MS), "stuck");
    assertFalse(accepts(0, STUCK_MS + 1), "beyond the range of the index");
    pixel.restart(true);
    assertFalse(accepts(30_001, STUCK_MS + 2), "the self-test failed");
  }

  @Test
  void aRestartEndsAStuckSignal() {
    accepts(30_000, 0);
    assertTrue(sample(30_000, STUCK_MS).flags().contains(GAS_STUCK));
    pixel.restart(false);
    assertFalse(sample(30_000, STUCK_MS + 1_000).flags().contains(GAS_STUCK));
  }

  @Test
  void theIndexLastsAGapOfTenMinutes() {
    long lastMs = learn();
    assertTrue(sample(30_004, lastMs + LIFE_MS).get(Quantity.VOC_INDEX).isPresent());
  }

  @Test
  void theIndexBeginsAgainAfterALongerGap() {
    long lastMs = learn();
    Sample sample = sample(30_004, lastMs + LIFE_MS + 1);
    assertEquals(Set.of(Quantity.VOC_RAW), sample.readings().keySet());
  }
}
