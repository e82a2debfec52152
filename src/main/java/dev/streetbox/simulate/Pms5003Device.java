package dev.streetbox.simulate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Simulates a Plantower PMS5003 at its UART (PMS5003 manual 2.3, appendix II). */
final class Pms5003Device implements SimSerial.SerialDevice {
  private static final int COMMAND_BYTES = 7;

  private final PlantowerOptics optics;
  private final SplittableRandom random;
  private boolean awake;
  private boolean active;
  private long nextMs;

  /** Makes a part without power. */
  Pms5003Device(LongFunction<GroundTruth> world, SimulatedPart simulatedPart, long seed) {
    this.optics = new PlantowerOptics(world, simulatedPart);
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void powerUp(long tickMs) {
    awake = true;
    active = true;
    optics.start(tickMs);
    nextMs = tickMs + PlantowerOptics.SLOWEST_MS;
  }

  /** Returns the rest of a frame that is being sent. */
  @Override
  public byte[] onOpen(long tickMs) {
    if (!awake || !active) {
      return new byte[0];
    }
    nextMs = tickMs + random.nextLong(PlantowerOptics.FASTEST_MS, PlantowerOptics.STEADY_MS);
    int lost = random.nextInt(1, PlantowerOptics.FRAME_BYTES);
    return Arrays.copyOfRange(optics.frame(tickMs), lost, PlantowerOptics.FRAME_BYTES);
  }

  @Override
  public byte[] answer(byte[] written, long tickMs) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    for (int at = 0; at + COMMAND_BYTES <= written.length; at++) {
      byte[] command = Arrays.copyOfRange(written, at, at + COMMAND_BYTES);
      boolean whole = command[0] == 0x42 && command[1] == 0x4d;
      if (whole && Arrays.equals(command, PlantowerOptics.withChecksum(command.clone()))) {
        answers.writeBytes(execute(Byte.toUnsignedInt(command[2]), command[4], tickMs));
      }
    }
    return answers.toByteArray();
  }

  @Override
  public long nextMs() {
    return awake && active ? nextMs : Long.MAX_VALUE;
  }

  @Override
  public byte[] nextOutput() {
    byte[] frame = optics.frame(nextMs);
    nextMs +=
        optics.airChanges()
            ? random.nextInt(PlantowerOptics.FASTEST_MS, PlantowerOptics.SLOWEST_MS + 1)
            : PlantowerOptics.STEADY_MS;
    return frame;
  }

  /**
   * Executes a command of appendix II and returns the answer. A sleeping part accepts only the
   * command to wake up, without an answer.
   */
  private byte[] execute(int command, byte argument, long tickMs) {
    if (command == 0xe4 && argument == 1) {
      powerUp(tickMs);
      return new byte[0];
    }
    if (!awake || command == 0xe2) {
      return awake ? optics.frame(tickMs) : new byte[0];
    }
    if (command == 0xe1) {
      active = argument == 1;
      nextMs = tickMs + PlantowerOptics.STEADY_MS;
    } else if (command == 0xe4) {
      awake = false;
    } else {
      return new byte[0];
    }
    return PlantowerOptics.withChecksum(
        new byte[] {0x42, 0x4d, 0, 4, (byte) command, argument, 0, 0});
  }
}
