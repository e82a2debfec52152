package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Simulates a Sensirion SGP41 (SGP41 datasheet 1.0, section 3), whose raw VOC signal falls with the
 * smell.
 */
final class Sgp41Chip implements Chip {
  private static final long MEASURE_MS = 50; // table 10
  private static final long SELF_TEST_MS = 320;
  private static final long SHORT_MS = 1;

  /** Allowed time of conditioning from a cold start: 10 s, and 0.5 s of tolerance for timing. */
  private static final long CONDITIONING_LIMIT_MS = 10_500;

  private static final double WARMING_MS = 1_500;
  private static final int PASSED = 0xd400;
  private static final int PIXELS_FAILED = 0xd403;
  private static final int END_OF_SCALE = 0xffff;

  private enum Heater {
    OFF,
    CONDITIONING,
    MEASURING
  }

  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final SensirionReply reply;
  private Heater heater = Heater.OFF;
  private long heatedMs;
  private long seenMs;
  private long conditionedMs;
  private int[] raw = {};

  /** Makes a part without power, whose hotplates are cold. */
  Sgp41Chip(Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.reply = new SensirionReply(time, simulatedPart);
  }

  @Override
  public void powerUp(long tickMs) {
    cool();
    reply.boot(tickMs, SHORT_MS);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    reply.requireReady();
    reply.prepare(0);
    int command = SensirionReply.command(bytes);
    List<Integer> compensation = SensirionReply.arguments(bytes);
    countConditioning();
    if (compensation.size() == 2 && command == 0x2612) {
      heat(Heater.CONDITIONING);
      reply.prepare(MEASURE_MS, raw()[0]);
    } else if (compensation.size() == 2 && command == 0x2619) {
      heat(Heater.MEASURING);
      reply.prepare(MEASURE_MS, raw());
    } else if (bytes.length == 2) {
      execute(command);
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    countConditioning();
    return reply.take(count);
  }

  /** Returns whether the hotplates are heated. */
  boolean heating() {
    return heater != Heater.OFF;
  }

  private void execute(int command) {
    switch (command) {
      case 0x280e -> selfTest();
      case 0x3615 -> {
        cool();
        reply.prepare(SHORT_MS);
      }
      case 0x3682 -> reply.prepare(SHORT_MS, 0x0000, 0x043c, 0x7a91);
      default -> {}
    }
  }

  private void selfTest() {
    if (heater == Heater.CONDITIONING) {
      simulatedPart.recordViolation("self-test while conditioning");
    }
    cool();
    reply.prepare(
        SELF_TEST_MS, simulatedPart.has(InjectedFault.GAS_PIXEL) ? PIXELS_FAILED : PASSED);
  }

  private void heat(Heater how) {
    if (heater == Heater.OFF) {
      heatedMs = time.tickMs();
    }
    heater = how;
  }

  private void cool() {
    heater = Heater.OFF;
    conditionedMs = 0;
  }

  /** Adds the time since the last transaction to the conditioning time, if it was conditioning. */
  private void countConditioning() {
    long sinceMs = heater == Heater.CONDITIONING ? time.tickMs() - seenMs : 0;
    seenMs = time.tickMs();
    boolean within = conditionedMs <= CONDITIONING_LIMIT_MS;
    conditionedMs += sinceMs;
    if (within && conditionedMs > CONDITIONING_LIMIT_MS) {
      simulatedPart.recordViolation("conditioning for more than 10 s");
    }
  }

  /** Returns VOC and NOx raw signals in ticks, which are wrong while the hotplates warm up. */
  private int[] raw() {
    if (simulatedPart.has(InjectedFault.GAS_PIXEL)) {
      return new int[] {END_OF_SCALE, END_OF_SCALE};
    }
    if (raw.length == 0 || !simulatedPart.has(InjectedFault.STUCK)) {
      GroundTruth.Air air = world.apply(time.tickMs()).air();
      double cold = Math.exp(-(time.tickMs() - heatedMs) / WARMING_MS);
      raw =
          new int[] {
            (int) Math.rint(30_000 - 6_000 * air.smell() + 4_000 * cold),
            (int) Math.rint(15_500 + 2_500 * air.exhaust() - 3_000 * cold)
          };
    }
    return raw;
  }
}
