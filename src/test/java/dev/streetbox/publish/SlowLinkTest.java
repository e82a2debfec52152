package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends a backlog beside a row a second over a simulated link that sends one byte after another.
 */
class SlowLinkTest {
  private static final int BACKLOG_ROWS = 7_000;
  private static final int SECONDS = 20;
  private static final long ROUND_TRIP_MS = 60;

  @TempDir Path folder;
  private final List<Long> liveDelaysMs = new ArrayList<>();
  private long appendedMs;
  private double linkFreeMs;
  private double backlogBytes;

  @Test
  void liveRowsDoNotWaitBehindTheBacklogAndTheLinkIsNearlyFull() throws IOException {
    assertLiveRowsPassTheBacklog(20, 1, 0.8);
  }

  @Test
  void liveRowsDoNotWaitOnALinkThatOneBatchFillsForHalfASecond() throws IOException {
    assertLiveRowsPassTheBacklog(32, 8, 0.6);
  }

  /**
   * Sends for 20 s of scripted time.
   *
   * @param bytesPerMs the rate of the link
   * @param weight the size of a message of backlog on the link, in its own sizes
   * @param usedShare the least part of the link that the backlog uses
   */
  private void assertLiveRowsPassTheBacklog(int bytesPerMs, int weight, double usedShare)
      throws IOException {
    UplinkRun run = new UplinkRun(folder, BACKLOG_ROWS, Boxes.unlimitedBacklog());
    run.broker().answerAfter(message -> send(run, message, bytesPerMs, weight));
    run.until("a connection", () -> !run.topics().isEmpty());
    liveDelaysMs.clear();
    backlogBytes = 0;
    long beganMs = run.time().tickMs();
    for (int second = 1; second <= SECONDS; second++) {
      long rowMs = beganMs + second * 1000L;
      run.broker().last().add(new ConnectionEvent.Woken(), rowMs - run.time().tickMs());
      run.until("the next row", () -> run.time().tickMs() >= rowMs);
      appendedMs = run.time().tickMs();
      Rows.append(run.outbox());
    }
    assertEquals(SECONDS / 5 - 1, liveDelaysMs.size());
    assertTrue(liveDelaysMs.stream().allMatch(ms -> ms < 100), liveDelaysMs + " ms");
    double used = backlogBytes / (1000.0 * SECONDS * bytesPerMs);
    assertTrue(used > usedShare, used + " of the link");
    assertTrue(run.outbox().status().unacknowledged() > 0, "the backlog did not end before");
  }

  /** Puts a message behind all others on the link; returns the time until its answer, in ms. */
  private long send(UplinkRun run, Message message, int bytesPerMs, int weight) {
    boolean live = UplinkRun.topic(message).equals("live");
    int bytes = message.packetBytes() * (live ? 1 : weight);
    long nowMs = run.time().tickMs();
    linkFreeMs = Math.max(linkFreeMs, (double) nowMs) + (double) bytes / bytesPerMs;
    if (live) {
      liveDelaysMs.add((long) linkFreeMs - appendedMs);
    } else {
      backlogBytes += bytes;
    }
    return (long) linkFreeMs - nowMs + ROUND_TRIP_MS;
  }
}
