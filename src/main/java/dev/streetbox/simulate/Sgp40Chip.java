package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Simulates a Sensirion SGP40 (SGP40 datasheet 1.2, sections 3 and 4), whose raw signal falls with
 * the smell.
 */
final class Sgp40Chip implements Chip {
  private static final long MEASURE_MS = 30; // table 8
  private static final long SELF_TEST_MS = 320;
  private static final long SHORT_MS = 1;
  private static final double WARMING_MS = 1_500;
  private static final int PASSED = 0xd400;
  private static final int FAILED = 0x4b00;
  private static final int END_OF_SCALE = 0xffff;

  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final SensirionReply reply;
  private boolean heating;
  private long heatedMs;
  private int raw = -1;

  /** Makes a part without power, whose hotplate is cold. */
  Sgp40Chip(Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.reply = new SensirionReply(time, simulatedPart);
  }

  @Override
  public void powerUp(long tickMs) {
    heating = false;
    reply.boot(tickMs, SHORT_MS);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    reply.requireReady();
    reply.prepare(0);
    int command = SensirionReply.command(bytes);
    List<Integer> compensation = SensirionReply.arguments(bytes);
    if (compensation.size() == 2 && command == 0x260f) {
      heat();
      reply.prepare(MEASURE_MS, raw());
    } else if (bytes.length == 2) {
      execute(command);
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    return reply.take(count);
  }

  /** Returns whether the hotplate is heated. */
  boolean heating() {
    return heating;
  }

  private void execute(int command) {
    switch (command) {
      case 0x280e ->
          reply.prepare(SELF_TEST_MS, simulatedPart.has(InjectedFault.GAS_PIXEL) ? FAILED : PASSED);
      case 0x3615 -> {
        heating = false;
        reply.prepare(SHORT_MS);
      }
      case 0x3682 -> reply.prepare(SHORT_MS, 0x0000, 0x0321, 0x5b9c);
      default -> {}
    }
  }

  private void heat() {
    if (!heating) {
      heating = true;
      heatedMs = time.tickMs();
    }
  }

  /** Returns the raw signal in ticks, which is too high while the hotplate warms up. */
  private int raw() {
    if (simulatedPart.has(InjectedFault.GAS_PIXEL)) {
      return END_OF_SCALE;
    }
    if (raw < 0 || !simulatedPart.has(InjectedFault.STUCK)) {
      double cold = Math.exp(-(time.tickMs() - heatedMs) / WARMING_MS);
      double smell = world.apply(time.tickMs()).air().smell();
      raw = (int) Math.rint(30_000 - 6_000 * smell + 4_000 * cold);
    }
    return raw;
  }
}
