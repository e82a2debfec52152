package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.function.LongFunction;

/**
 * Simulates a DFRobot MultiGas module on I2C (DFRobot wiki SEN0465 to SEN0476; no frame of a real
 * one was available). The module starts in active mode, in which its periodic frames overwrite its
 * answers.
 */
final class MultiGasChip implements Chip {
  /** Lists the gases of a cell, with the gas's code and its concentration at smell 1. */
  enum Cell {
    H2S(0x03, 3),
    NH3(0x02, 6);

    private final int code;
    private final double ppmOfSmell;

    Cell(int code, double ppmOfSmell) {
      this.code = code;
      this.ppmOfSmell = ppmOfSmell;
    }
  }

  private static final int LENGTH = 9;
  private static final long WORK_MS = 20; // the example programs wait for 20 to 30
  private static final long ACTIVE_PERIOD_MS = 1_000;
  private static final double BOARD_K = 3;

  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final Cell cell;
  private final int lastSummed;
  private boolean passive;
  private byte[] registerFrame = new byte[LENGTH];
  private byte[] pendingFrame = {};
  private long pendingMs;
  private long nextActiveMs;
  private byte[] measured = {};

  /**
   * Makes a module without power.
   *
   * @param lastSummed index of the last byte in the checksum: 6 in DFRobot's library, 7 in the
   *     manufacturer's paper
   */
  MultiGasChip(
      Time time,
      LongFunction<GroundTruth> world,
      SimulatedPart simulatedPart,
      Cell cell,
      int lastSummed) {
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.cell = cell;
    this.lastSummed = lastSummed;
  }

  @Override
  public void powerUp(long tickMs) {
    passive = false;
    registerFrame = new byte[LENGTH];
    pendingFrame = new byte[0];
    nextActiveMs = tickMs + ACTIVE_PERIOD_MS;
  }

  /** Takes register 0 and a request after it. */
  @Override
  public void write(byte[] bytes) throws IOException {
    advance();
    if (bytes.length == 1 + LENGTH
        && bytes[0] == 0
        && bytes[1] == (byte) 0xff
        && hasRightChecksum(bytes)) {
      pendingMs = time.tickMs() + WORK_MS;
      pendingFrame = answer(Byte.toUnsignedInt(bytes[3]), bytes[4]);
    }
  }

  /** Returns the last frame, until the answer to a newer request is ready. */
  @Override
  public byte[] read(int count) throws IOException {
    advance();
    byte[] given = registerFrame.clone();
    if (simulatedPart.has(InjectedFault.WRONG_CHECKSUM)) {
      given[LENGTH - 1] ^= (byte) 0xff;
    }
    if (simulatedPart.has(InjectedFault.LATE_FRAME)) {
      for (int i = 0; i < LENGTH; i++) {
        given[i] = registerFrame[(i + 2) % LENGTH];
      }
    }
    return given;
  }

  private void advance() {
    if (pendingFrame.length > 0 && time.tickMs() >= pendingMs) {
      registerFrame = pendingFrame;
      pendingFrame = new byte[0];
    }
    if (!passive && time.tickMs() >= nextActiveMs) {
      registerFrame = gas(0x88);
      nextActiveMs = time.tickMs() + ACTIVE_PERIOD_MS;
    }
  }

  private byte[] answer(int command, int argument) {
    return switch (command) {
      case 0x78 -> mode(argument);
      case 0x86, 0x88 -> gas(command);
      case 0x87 -> {
        byte[] values = measured();
        yield frame(command, values[4], values[5], 0, 0, 0, 0);
      }
      default -> new byte[0];
    };
  }

  private byte[] mode(int argument) {
    boolean known = argument == 3 || argument == 4;
    passive = known ? argument == 4 : passive;
    return frame(0x78, known ? 1 : 0, 0, 0, 0, 0, 0);
  }

  private byte[] gas(int command) {
    byte[] m = measured();
    return frame(command, m[0], m[1], m[2], m[3], m[4], m[5]);
  }

  /** Returns the six bytes of a measurement, which a stuck part repeats. */
  private byte[] measured() {
    if (measured.length == 0 || !simulatedPart.has(InjectedFault.STUCK)) {
      int ppm = (int) Math.rint(cell.ppmOfSmell * world.apply(time.tickMs()).air().smell());
      int adc = thermistor();
      int code = simulatedPart.has(InjectedFault.WRONG_PART) ? 0x04 : cell.code;
      measured =
          new byte[] {(byte) (ppm >> 8), (byte) ppm, (byte) code, 0, (byte) (adc >> 8), (byte) adc};
    }
    return measured;
  }

  /**
   * Returns the reading, of 1024, of a divider of 10 kΩ and a thermistor of 10 kΩ, B 3380 K; the
   * board is 3 K warmer than the air.
   */
  private int thermistor() {
    double kelvin = 273.15 + BOARD_K + world.apply(time.tickMs()).air().tempC();
    double share = Math.exp(3380.13 * (1 / kelvin - 1 / 298.15));
    return (int) Math.rint(1024 * share / (1 + share));
  }

  private byte[] frame(int command, int... six) {
    byte[] frame = new byte[LENGTH];
    frame[0] = (byte) 0xff;
    frame[1] = (byte) command;
    for (int i = 0; i < six.length; i++) {
      frame[2 + i] = (byte) six[i];
    }
    int sum = 0;
    for (int i = 1; i <= lastSummed; i++) {
      sum += frame[i];
    }
    frame[LENGTH - 1] = (byte) -sum;
    return frame;
  }

  /** Returns whether the sum of a request's bytes and its checksum is 0 modulo 256. */
  private static boolean hasRightChecksum(byte[] written) {
    int sum = 0;
    for (int i = 2; i <= LENGTH; i++) {
      sum += written[i];
    }
    return (sum & 0xff) == 0;
  }
}
