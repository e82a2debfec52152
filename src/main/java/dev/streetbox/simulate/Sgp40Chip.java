package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A Sensirion SGP40 (SGP40 datasheet 1.2, sections 3 and 4). Its raw signal falls with the smell.
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
  private final LongFunction<Moment> world;
  private final Part part;
  private final Answer answer;
  private boolean heating;
  private long heatedMs;
  private int raw = -1;

  /** A part with a cold plate in the air of that world. */
  Sgp40Chip(Time time, LongFunction<Moment> world, Part part) {
    this.time = time;
    this.world = world;
    this.part = part;
    this.answer = new Answer(time, part);
  }

  @Override
  public void powerUp(long tickMs) {
    heating = false;
    answer.boot(tickMs, SHORT_MS);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    answer.requireReady();
    answer.prepare(0);
    int command = Answer.command(bytes);
    List<Integer> compensation = Answer.arguments(bytes);
    if (compensation.size() == 2 && command == 0x260f) {
      heat();
      answer.prepare(MEASURE_MS, raw());
    } else if (bytes.length == 2) {
      obey(command);
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    return answer.take(count);
  }

  /** Whether current flows through the hotplate. */
  boolean heating() {
    return heating;
  }

  private void obey(int command) {
    switch (command) {
      case 0x280e -> answer.prepare(SELF_TEST_MS, part.has(Failure.GAS_PIXEL) ? FAILED : PASSED);
      case 0x3615 -> {
        heating = false;
        answer.prepare(SHORT_MS);
      }
      case 0x3682 -> answer.prepare(SHORT_MS, 0x0000, 0x0321, 0x5b9c);
      default -> {}
    }
  }

  private void heat() {
    if (!heating) {
      heating = true;
      heatedMs = time.tickMs();
    }
  }

  /** Ticks; while the plate warms up they are far off. */
  private int raw() {
    if (part.has(Failure.GAS_PIXEL)) {
      return END_OF_SCALE;
    }
    if (raw < 0 || !part.has(Failure.STUCK)) {
      double cold = Math.exp(-(time.tickMs() - heatedMs) / WARMING_MS);
      double smell = world.apply(time.tickMs()).air().smell();
      raw = (int) Math.rint(30_000 - 6_000 * smell + 4_000 * cold);
    }
    return raw;
  }
}
