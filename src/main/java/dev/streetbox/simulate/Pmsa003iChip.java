package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Simulates a Plantower PMSA003I at its I2C interface (PMSA003I manual 2.6): 32 registers that hold
 * the newest frame. A write of one byte sets the register where the next read begins; without it a
 * read begins at register 0.
 */
final class Pmsa003iChip implements Chip {
  private static final long BOOT_MS = 500; // assumed for the start of the microcontroller

  private final Time time;
  private final SimulatedPart simulatedPart;
  private final PlantowerOptics optics;
  private final SplittableRandom random;
  private byte[] frame = {};
  private long bootMs;
  private long nextMs;
  private int register;

  /** Makes a part without power. */
  Pmsa003iChip(Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart, long seed) {
    this.time = time;
    this.simulatedPart = simulatedPart;
    this.optics = new PlantowerOptics(world, simulatedPart);
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void powerUp(long tickMs) {
    bootMs = tickMs + BOOT_MS;
    nextMs = bootMs;
    register = 0;
    optics.start(tickMs);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    requireBooted();
    register = bytes.length == 0 ? 0 : Byte.toUnsignedInt(bytes[0]);
  }

  @Override
  public byte[] read(int count) throws IOException {
    requireBooted();
    if (simulatedPart.has(InjectedFault.WRONG_PART)) {
      return new byte[] {0x00, 0x07, 0x00}; // arbitrary register content
    }
    while (nextMs <= time.tickMs()) {
      measure();
    }
    int from = Math.min(register, frame.length);
    register = 0;
    return Arrays.copyOfRange(frame, from, frame.length);
  }

  private void measure() {
    frame = optics.frame(nextMs);
    nextMs +=
        optics.airChanges()
            ? random.nextInt(PlantowerOptics.FASTEST_MS, PlantowerOptics.SLOWEST_MS + 1)
            : PlantowerOptics.STEADY_MS;
  }

  private void requireBooted() throws IOException {
    if (time.tickMs() < bootMs) {
      throw Chip.nack();
    }
  }
}
