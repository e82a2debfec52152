package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.ReasonCodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a box for ten minutes against a broker that answers with every reason code in every packet,
 * or closes, or does not answer, in random order; then the broker accepts everything.
 */
class EveryReasonCodeTest {
  private static final long RUN_MS = 600_000;
  private static final long GAP_MS = 1000;

  @TempDir Path folder;

  @Test
  void nothingIsLostAndLittleIsSent() {
    Seeds.each(60, this::losesNothingAndSendsLittle);
  }

  private void losesNothingAndSendsLittle(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    UplinkRun healthy = new UplinkRun(folder.resolve("healthy-" + seed), 0);
    run(healthy, () -> {});
    int healthyMessages = healthy.broker().received().size();

    UplinkRun run = new UplinkRun(folder.resolve("random-" + seed), 0);
    int accepted = 1 + random.nextInt(9); // How many of ten answers are not random.
    run.broker().answer(message -> answer(run, random, accepted));
    List<Long> opened = new ArrayList<>();
    run(
        run,
        () -> {
          run.broker()
              .connack(random.nextInt(10) < accepted ? 0 : pick(random, ReasonCodes.CONNACK));
          while (opened.size() < run.broker().connections().size()) {
            opened.add(run.time().tickMs());
          }
        });
    int messages = run.broker().received().size();
    assertTrue(messages <= 2 * healthyMessages, messages + " messages, healthy " + healthyMessages);
    for (int i = 1; i < opened.size(); i++) {
      long gapMs = opened.get(i) - opened.get(i - 1);
      assertTrue(gapMs >= GAP_MS, gapMs + " ms between two connections");
    }

    run.broker().connack(0);
    run.broker().answer(0);
    run.untilNothingWaits();
    assertEquals(0, run.outbox().status().dropped());
    assertEquals(run.outbox().newest(), run.publisher().status().acknowledgedRows());
  }

  /** Runs ten minutes with one row a second. */
  private static void run(UplinkRun run, Runnable beforeEachCycle) throws IOException {
    while (run.time().tickMs() < RUN_MS) {
      while (run.outbox().newest() < run.time().tickMs() / 1000) {
        Rows.append(run.outbox());
      }
      beforeEachCycle.run();
      run.publisher().cycle();
    }
  }

  private static OptionalInt answer(UplinkRun run, SplittableRandom random, int accepted) {
    if (random.nextInt(10) < accepted) {
      return OptionalInt.of(0);
    }
    switch (random.nextInt(6)) {
      case 0 -> run.broker().disconnect(pick(random, ReasonCodes.DISCONNECT));
      case 1 -> run.broker().lose(ConnectionFailure.network("closed without a reason code"));
      case 2 -> {} // No answer.
      default -> {
        return OptionalInt.of(pick(random, ReasonCodes.PUBACK));
      }
    }
    return OptionalInt.empty();
  }

  private static int pick(SplittableRandom random, List<Integer> codes) {
    return codes.get(random.nextInt(codes.size()));
  }
}
