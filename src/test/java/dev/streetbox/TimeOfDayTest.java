package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.LastKnownTime;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.StoreSettings;
import dev.streetbox.record.Composer;
import dev.streetbox.record.Privacy;
import dev.streetbox.record.QualitySettings;
import dev.streetbox.record.Recorder;
import dev.streetbox.record.RoadEventSettings;
import dev.streetbox.record.TimeKeeper;
import dev.streetbox.sample.Board;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Simulates a box over many boots with late, drifting, jumping and wrong clocks, an unreliable link
 * and power cuts, and checks the time that a backend derives for every row.
 */
class TimeOfDayTest {
  private static final int BOOTS = 10;
  private static final int ALWAYS = 0;
  private static final Instant BUILT = Instant.parse("2026-11-01T00:00:00Z");

  /**
   * Allowed error of a row, ms; also of the bounds of an estimate, because bounds come from rows.
   */
  private static final long TOLERANCE_MS = 1_000;

  private final Path dir;

  /** Uses a folder that is deleted after the test. */
  TimeOfDayTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private final Backend backend = new Backend();
  private final Map<Integer, Clocks> truths = new HashMap<>();
  private SplittableRandom random;
  private long nowMs;
  private long leapMs;

  @Test
  void everyRowGetsItsRightTimeAndRowsStayInOrder() {
    Seeds.each(
        30,
        seed ->
            new TimeOfDayTest(dir.resolve("seed-" + seed))
                .everyRowGetsItsRightTimeAndRowsStayInOrder(seed));
  }

  private void everyRowGetsItsRightTimeAndRowsStayInOrder(long seed) throws IOException {
    random = new SplittableRandom(seed);
    nowMs = BUILT.toEpochMilli() + random.nextLong(Duration.ofDays(400).toMillis());
    leapMs = nowMs + random.nextLong(Duration.ofDays(2).toMillis());
    for (int i = 1; i < BOOTS; i++) {
      boot(random.nextInt(4));
    }
    boot(ALWAYS);
    assertTrue(backend.boots().size() == BOOTS, "boots with received rows");
    assertRowsAreRight();
    assertOrder();
    assertOneKindOfTimePerBoot();
  }

  private void boot(int online) throws IOException {
    long lastMs = nowMs;
    nowMs += 15_000 + random.nextLong(Duration.ofHours(random.nextInt(1, 20)).toMillis());
    int minutes = random.nextInt(8, 30);
    Clocks clocks = new Clocks(random, nowMs, lastMs, leapMs, minutes);
    Duration hold = Duration.ofSeconds(random.nextInt(2) * 60L);
    new SimulatedBoot(clocks, hold, online).run(minutes);
    nowMs = clocks.truthMs(clocks.tickMs());
  }

  /** Runs one boot of the box. */
  private final class SimulatedBoot {
    private final Clocks clocks;
    private final Faults faults = new Faults();
    private final Outbox outbox;
    private final Committer committer;
    private final TimeKeeper keeper;
    private final Recorder recorder;
    private final int online;
    private long liveFrom = 1;

    SimulatedBoot(Clocks clocks, Duration hold, int online) {
      this.clocks = clocks;
      this.online = online;
      LastKnownTime lastKnownTime = LastKnownTime.of(dir);
      int boot = new BootCounter(dir, faults).next();
      truths.put(boot, clocks);
      outbox = new Outbox(boot, dir, hold);
      StoreSettings settings =
          new StoreSettings(dir, Duration.ofSeconds(10), 1 << 30, Duration.ofDays(7));
      committer = new Committer(settings, outbox, clocks, faults);
      keeper = new TimeKeeper(boot, BUILT, lastKnownTime, faults);
      QualitySettings quality = new QualitySettings(18, Duration.ofMinutes(2), 2, 20, 80);
      Composer composer = new Composer(new Board(List.of(), 0), quality, second -> second);
      recorder =
          new Recorder(composer, RoadEventSettings.OFF, Privacy.none(), keeper, outbox, clocks);
    }

    void run(int minutes) throws IOException {
      committer.cycle();
      for (int second = 0; second < minutes * 60; second++) {
        clocks.tick();
        clocks.ntp().ifPresent(keeper::offer);
        clocks.gnss().ifPresent(keeper::offer);
        recorder.cycle();
        recorder.cycle();
        committer.cycle();
        if (isOnline(second) && second % 5 == 0) {
          send();
        }
      }
      if (random.nextBoolean()) {
        committer.close();
      }
    }

    /**
     * Returns true if the link is up at a second: always, never, in the first 200 s, or in every
     * third 2 min.
     */
    private boolean isOnline(int second) {
      return switch (online) {
        case ALWAYS -> true;
        case 1 -> false;
        case 2 -> second < 200;
        default -> second / 120 % 3 == 1;
      };
    }

    private void send() throws IOException {
      for (Optional<Event> event = outbox.nextEvent(List.of());
          event.isPresent();
          event = outbox.nextEvent(List.of())) {
        backend.receive(event.get());
        outbox.acknowledge(event.get());
      }
      long newest = outbox.newestToSend();
      if (newest >= liveFrom) {
        liveFrom = Math.max(liveFrom, newest - 59);
        send(new Range(outbox.boot(), liveFrom, newest));
        liveFrom = newest + 1;
      }
      for (int i = 0; i < 3; i++) {
        Optional<Range> backlog = outbox.nextBacklog(liveFrom - 1, List.of(), 60);
        if (backlog.isPresent()) {
          send(backlog.get());
        }
      }
    }

    private void send(Range range) throws IOException {
      Batch batch = outbox.read(range);
      backend.receive(batch);
      if (random.nextInt(10)
          > 0) { // otherwise the acknowledgement is lost, and the rows are sent again
        outbox.acknowledge(range, batch.drops());
      }
    }
  }

  private void assertRowsAreRight() {
    backend
        .boots()
        .forEach(
            (boot, rows) ->
                rows.forEach(
                    (seq, row) -> {
                      String what = "row " + boot + "/" + seq + ": " + row;
                      long truthMs = truths.get(boot).truthMs(row.t() - row.t0());
                      if (!row.isEstimate()) {
                        long errorMs = row.t() - truthMs;
                        long leapMs = truths.get(boot).leaps() ? 1_000 : 0;
                        assertTrue(errorMs <= TOLERANCE_MS, what + " off " + errorMs);
                        assertTrue(errorMs >= -TOLERANCE_MS - leapMs, what + " off " + errorMs);
                        return;
                      }
                      long startMs = truths.get(boot).truthMs(0);
                      long minMs = row.t0Min().orElse(0);
                      long maxMs = row.t0Max().orElse(Long.MAX_VALUE / 2);
                      assertTrue(startMs >= minMs - TOLERANCE_MS, what);
                      assertTrue(startMs <= maxMs + TOLERANCE_MS, what);
                      assertTrue(minMs <= row.t0() && row.t0() <= maxMs, what);
                    }));
  }

  /**
   * Fails if a boot has both estimates and trusted times, because a correction concerns all its
   * rows.
   */
  private void assertOneKindOfTimePerBoot() {
    backend
        .boots()
        .forEach(
            (boot, rows) -> {
              long estimates = rows.values().stream().filter(Backend.Dated::isEstimate).count();
              assertTrue(
                  estimates == 0 || estimates == rows.size(),
                  estimates + " estimates among " + rows.size() + " rows of boot " + boot);
            });
  }

  private void assertOrder() {
    long before = Long.MIN_VALUE;
    for (Map.Entry<Integer, NavigableMap<Long, Backend.Dated>> boot : backend.boots().entrySet()) {
      for (Map.Entry<Long, Backend.Dated> row : boot.getValue().entrySet()) {
        long t = row.getValue().t();
        assertFalse(
            t < before,
            "row "
                + boot.getKey()
                + "/"
                + row.getKey()
                + " is before its predecessor, ms: "
                + (before - t));
        before = t;
      }
    }
  }
}
