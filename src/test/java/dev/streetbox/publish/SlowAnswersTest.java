package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a publisher with brokers whose PUBACKs take long, and with links that fall silent. */
class SlowAnswersTest {
  @TempDir Path folder;

  @Test
  void allRowsAreAcknowledgedWhenEachAnswerTakesTwelveSeconds() throws IOException {
    assertAllAcknowledged(12_000, 2);
  }

  @Test
  void allRowsAreAcknowledgedWhenEachAnswerTakesAlmostTwoMinutes() throws IOException {
    assertAllAcknowledged(115_000, 5);
  }

  @Test
  void allRowsAreAcknowledgedWhenOnlyTheStateIsAnsweredQuickly() throws IOException {
    UplinkRun run = new UplinkRun(folder, 300);
    run.broker().answerAfter(message -> message.topic().endsWith("/state") ? 50 : 30_000);
    run.untilNothingWaits();
    assertTrue(run.broker().connections().size() <= 3, run.broker().connections().size() + "");
  }

  @Test
  void aLinkThatAnsweredQuicklyIsGivenUpAfterTenSecondsAlsoAfterASlowHour() throws IOException {
    UplinkRun run = new UplinkRun(folder, 3);
    run.broker().answerAfter(message -> 12_000);
    run.untilNothingWaits();
    run.broker().answerAfter(message -> 100);
    Rows.append(run.outbox());
    run.untilNothingWaits();
    run.broker().answerNothing();
    long before = run.publisher().status().losses();
    Rows.append(run.outbox());
    run.forMs(17_000); // The live period, the timeout, and a cycle.
    assertEquals(before + 1, run.publisher().status().losses());
  }

  @Test
  void theTimeThatEncodingABatchTakesIsNotTakenForADelayOfTheLink() throws IOException {
    UplinkRun run = new UplinkRun(folder, 3_600);
    run.broker()
        .answerAfter(
            message -> {
              run.time().pass(Duration.ofMillis(100));
              return 5;
            });
    run.untilNothingWaits();
    List<String> topics = run.topics();
    long backlog = topics.stream().filter("backlog"::equals).count();
    assertEquals(3_600 / Lanes.BATCH_ROWS - 1, backlog, "whole batches, beside a live one");
  }

  private void assertAllAcknowledged(long answerMs, int connections) throws IOException {
    UplinkRun run = new UplinkRun(folder, 300);
    run.broker().answerAfter(message -> answerMs);
    run.untilNothingWaits();
    assertEquals(connections, run.broker().connections().size());
    assertEquals(0, run.outbox().status().dropped());
  }
}
