package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongFunction;

/** Simulates a Sensirion SHT3x (SHT3x-DIS datasheet 4, sections 2 and 4). */
final class Sht3xChip implements Chip {
  private static final long POWER_UP_MS = 1; // table 4
  private static final long RESET_MS = 1;
  private static final long BREAK_MS = 1;

  /**
   * Typical times of table 4 by the command: high 12.5 ms, medium 4.5, low 2.5; rounded down, so
   * that a part is never slower than its datasheet.
   */
  private static final Map<Integer, Long> SINGLE_SHOT_MS =
      Map.of(0x2400, 12L, 0x240b, 4L, 0x2416, 2L);

  // Table 17.
  private static final int ALERT = 1 << 15;
  private static final int HEATER = 1 << 13;
  private static final int WAS_RESET = 1 << 4;
  private static final int COMMAND_FAILED = 1 << 1;

  private static final double HEATER_K = 4;

  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final SensirionReply reply;
  private int status;
  private boolean periodic;
  private int[] words = {};

  /** Makes a part without power. */
  Sht3xChip(Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.reply = new SensirionReply(time, simulatedPart);
  }

  @Override
  public void powerUp(long tickMs) {
    reset();
    reply.boot(tickMs, POWER_UP_MS);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    reply.requireReady();
    reply.prepare(0);
    int command = bytes.length == 2 ? SensirionReply.command(bytes) : -1;
    if (SINGLE_SHOT_MS.containsKey(command) && !periodic) {
      reply.prepare(SINGLE_SHOT_MS.get(command), measured());
    } else if (command >> 8 >= 0x20 && command >> 8 <= 0x27 && command >> 8 != 0x24) {
      periodic = true;
    } else {
      execute(command);
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    return reply.take(count);
  }

  private void execute(int command) {
    switch (command) {
      case 0x3093 -> {
        periodic = false;
        reply.prepare(BREAK_MS);
      }
      case 0x30a2 -> {
        reset();
        reply.prepare(RESET_MS);
      }
      case 0x306d -> status |= HEATER;
      case 0x3066 -> status &= ~HEATER;
      case 0xf32d -> reply.prepare(0, status);
      case 0x3041 -> status &= HEATER;
      case 0xe000 -> fetch();
      case 0x2c06, 0x2c0d, 0x2c10 -> {
        simulatedPart.recordViolation("a command with clock stretching at a Pi");
        reply.prepare(0, measured());
      }
      default -> status |= COMMAND_FAILED;
    }
  }

  private void fetch() {
    if (periodic) {
      reply.prepare(0, measured());
    }
  }

  private void reset() {
    status = ALERT | WAS_RESET;
    periodic = false;
  }

  private int[] measured() {
    if (words.length == 0 || !simulatedPart.has(InjectedFault.STUCK)) {
      GroundTruth.Air air = world.apply(time.tickMs()).air();
      double warmC = air.tempC() + ((status & HEATER) == 0 ? 0 : HEATER_K);
      words = new int[] {ticks((warmC + 45) / 175), ticks(air.rhPct() / 100)}; // 4.13
    }
    return words;
  }

  private static int ticks(double share) {
    return (int) Math.max(0, Math.min(65_535, Math.rint(share * 65_535)));
  }
}
