package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongFunction;

/** Simulates a Sensirion SHT4x (SHT4x datasheet 6.1, sections 2, 3 and 4). */
final class Sht4xChip implements Chip {
  private static final int RESET = 0x94;
  private static final int SERIAL = 0x89;

  /** Time of power-up and reset (table 5), and of reading the serial number. */
  private static final long SHORT_MS = 1;

  /**
   * Typical times of table 5 by the command: high 6.9 ms, medium 3.7, low 1.3; rounded down, so
   * that a part is never slower than its datasheet.
   */
  private static final Map<Integer, Long> REPEATABILITY_MS = Map.of(0xfd, 6L, 0xf6, 3L, 0xe0, 1L);

  /** Time constant of cooling after a heater pulse (the response time of table 3). */
  private static final double COOLING_MS = 2_000;

  private record Pulse(long lengthMs, double heatK) {}

  /** Pulses by the command (4.9), with the temperature rise of a recorded part at their end. */
  private static final Map<Integer, Pulse> HEATER =
      Map.of(
          0x39, new Pulse(1_000, 53),
          0x32, new Pulse(100, 23),
          0x2f, new Pulse(1_000, 30),
          0x24, new Pulse(100, 13),
          0x1e, new Pulse(1_000, 5),
          0x15, new Pulse(100, 2));

  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final SensirionReply reply;
  private double heatK;
  private long heatedMs;
  private int[] words = {};

  /** Makes a part without power. */
  Sht4xChip(Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.reply = new SensirionReply(time, simulatedPart);
  }

  @Override
  public void powerUp(long tickMs) {
    heatK = 0;
    reply.boot(tickMs, SHORT_MS);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    reply.requireReady();
    reply.prepare(0);
    int command = bytes.length == 1 ? Byte.toUnsignedInt(bytes[0]) : -1;
    if (REPEATABILITY_MS.containsKey(command)) {
      measure(REPEATABILITY_MS.get(command));
    } else if (HEATER.containsKey(command)) {
      heat(HEATER.get(command));
    } else if (command == SERIAL) {
      reply.prepare(SHORT_MS, 0x0d20, 0x6101);
    } else if (command == RESET) {
      reply.prepare(SHORT_MS);
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    return reply.take(count);
  }

  private void heat(Pulse pulse) {
    heatK = heat(time.tickMs()) + pulse.heatK;
    heatedMs = time.tickMs() + pulse.lengthMs;
    measure(pulse.lengthMs + REPEATABILITY_MS.get(0xfd));
  }

  private double heat(long tickMs) {
    return heatK * Math.exp(-Math.max(0, tickMs - heatedMs) / COOLING_MS);
  }

  private void measure(long workMs) {
    if (words.length == 0 || !simulatedPart.has(InjectedFault.STUCK)) {
      long tickMs = time.tickMs();
      GroundTruth.Air air = world.apply(tickMs).air();
      double warmC = air.tempC() + heat(tickMs);
      double rh = air.rhPct() * saturation(air.tempC()) / saturation(warmC);
      words = new int[] {ticks((warmC + 45) / 175), ticks((rh + 6) / 125)}; // 4.6
    }
    reply.prepare(workMs, words);
  }

  /** Returns the saturation vapour pressure over water by Magnus, up to a constant factor. */
  private static double saturation(double tempC) {
    return Math.exp(17.62 * tempC / (243.12 + tempC));
  }

  private static int ticks(double share) {
    return (int) Math.max(0, Math.min(65_535, Math.rint(share * 65_535)));
  }
}
