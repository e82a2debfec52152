package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learns the size of messages from the broker's refusals. */
class LearnedPacketLimitTest {
  private static final long SIX_HOURS_MS = 6 * 3_600_000;

  @TempDir Path folder;

  private final LearnedPacketLimit limit = new LearnedPacketLimit();

  @Test
  void theSmallestRefusedSizeBoundsTheNext() {
    assertEquals(Long.MAX_VALUE, limit.bytes(0));
    limit.onTooLarge(5000, 0);
    limit.onTooLarge(2100, 1000);
    limit.onTooLarge(9000, 2000);
    assertEquals(2099, limit.bytes(3000));
  }

  @Test
  void aLargerSizeThatIsAcceptedEndsTheLimit() {
    limit.onTooLarge(2100, 0);
    limit.onAccepted(2099);
    assertEquals(2099, limit.bytes(1));
    limit.onAccepted(2100);
    assertEquals(Long.MAX_VALUE, limit.bytes(1));
  }

  @Test
  void aRefusalOfASizeThatTheConnectionHasAcceptedIsIgnored() {
    limit.onAccepted(2100);
    limit.onTooLarge(2100, 0);
    assertEquals(Long.MAX_VALUE, limit.bytes(1));
    limit.onConnected();
    limit.onTooLarge(2100, 2);
    assertEquals(2099, limit.bytes(3));
  }

  @Test
  void theLimitIsForgottenAfterSixHours() {
    limit.onTooLarge(2100, 1000);
    assertEquals(2099, limit.bytes(1000 + SIX_HOURS_MS - 1));
    assertEquals(Long.MAX_VALUE, limit.bytes(1000 + SIX_HOURS_MS));
    limit.onTooLarge(5000, 1000 + SIX_HOURS_MS);
    assertEquals(4999, limit.bytes(1000 + SIX_HOURS_MS), "the forgotten limit does not return");
  }

  @Test
  void aBrokerThatAnswers0x95GetsSmallerBatchesOnAllTopicsAndConnections() throws IOException {
    UplinkRun run = new UplinkRun(folder, 600);
    int[] refused = {0};
    run.broker()
        .answer(
            message -> {
              boolean tooLarge = message.payload().length > 2000;
              refused[0] += tooLarge ? 1 : 0;
              return OptionalInt.of(tooLarge ? 0x95 : 0);
            });
    run.untilNothingWaits();
    assertEquals(0, run.outbox().status().dropped());
    assertEquals(600, run.publisher().status().acknowledgedRows());
    assertTrue(refused[0] > 0, "no message was too large");
    assertTrue(refused[0] <= 12, refused[0] + " messages were refused");
    assertEquals(1, run.broker().connections().size());
  }
}
