package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * Simulates a PCB Artists decibel meter module, version 31 (vendor's programming manual): a moving
 * average of decibels, updated every 30 ms, its extremes, and a history with one value per
 * averaging time.
 */
final class PcbArtistsChip implements Chip {
  private static final int CONTROL = 0x06;
  private static final int AVERAGING_HIGH = 0x07;
  private static final int AVERAGING_LOW = 0x08;
  private static final int RESET = 0x09;
  private static final int DECIBEL = 0x0a;
  private static final int LEAST = 0x0b;
  private static final int GREATEST = 0x0c;
  private static final int HISTORY = 0x14;
  private static final int HISTORY_END = 0x78;

  private static final int POWER_DOWN = 1; // of CONTROL
  private static final int SYSTEM_RESET = 1 << 3; // of RESET
  private static final int CLEAR_HISTORY = 1 << 2;
  private static final int CLEAR_EXTREMES = 1 << 1;

  private static final long NACK_MS = 5; // from power-up; assumed for a reset too
  private static final long UPDATE_MS = 30;
  private static final double FLOOR_DB = 35;
  private static final double CEILING_DB = 120;

  /** Excess of the average at power-up, which decays with the averaging time. */
  private static final double START_DB = 20;

  private final Time time;
  private final SimulatedPart simulatedPart;
  private final LongToDoubleFunction levelDba;
  private final int[] registers = new int[HISTORY_END];
  private int pointer;
  private int averagingMs;
  private long startedMs;
  private long updatedMs;
  private long keptMs;
  private double average;

  /**
   * Makes a module without power.
   *
   * @param levelDba the A-weighted level at a tick in ms, dB re 20 µPa
   */
  PcbArtistsChip(Time time, SimulatedPart simulatedPart, LongToDoubleFunction levelDba) {
    this.time = time;
    this.simulatedPart = simulatedPart;
    this.levelDba = levelDba;
  }

  @Override
  public void powerUp(long tickMs) {
    Arrays.fill(registers, 0);
    registers[0] = 0x31;
    registers[1] = 0x01;
    registers[2] = 0x02;
    registers[3] = 0x03;
    registers[4] = 0x04;
    registers[5] = 0xaa;
    registers[CONTROL] = 0x02;
    registers[AVERAGING_HIGH] = 0x03;
    registers[AVERAGING_LOW] = 0xe8;
    registers[0x0d] = 45;
    registers[0x0e] = 85;
    registers[0x0f] = 18;
    averagingMs = 1_000;
    startedMs = tickMs;
    updatedMs = startedMs;
    keptMs = startedMs;
    average = levelDba.applyAsDouble(startedMs) + START_DB;
    clearExtremes();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    requireAwake();
    measure();
    if (bytes.length > 0) {
      pointer = Byte.toUnsignedInt(bytes[0]);
    }
    for (int i = 1; i < bytes.length; i++) {
      set(pointer++, Byte.toUnsignedInt(bytes[i]));
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    requireAwake();
    measure();
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      int address = pointer++;
      bytes[i] = (byte) (address < registers.length ? registers[address] : 0xff);
    }
    return bytes;
  }

  private void requireAwake() throws IOException {
    if (time.tickMs() < startedMs + NACK_MS) {
      throw Chip.nack();
    }
  }

  private void set(int address, int value) {
    switch (address) {
      case 0x05, 0x0d, 0x0e, 0x0f, AVERAGING_HIGH -> registers[address] = value;
      case CONTROL -> registers[CONTROL] = value | (registers[CONTROL] & POWER_DOWN);
      case AVERAGING_LOW -> {
        registers[AVERAGING_LOW] = value;
        averagingMs = registers[AVERAGING_HIGH] << 8 | value;
      }
      case RESET -> reset(value);
      default -> {}
    }
  }

  private void reset(int bits) {
    if ((bits & SYSTEM_RESET) != 0) {
      powerUp(time.tickMs());
    }
    if ((bits & CLEAR_HISTORY) != 0) {
      Arrays.fill(registers, HISTORY, HISTORY_END, 0);
    }
    if ((bits & CLEAR_EXTREMES) != 0) {
      clearExtremes();
    }
  }

  private void clearExtremes() {
    registers[LEAST] = 0xff;
    registers[GREATEST] = 0;
  }

  /** Makes the updates that were due since the last transaction; none while powered down. */
  private void measure() {
    long nowMs = time.tickMs();
    boolean still =
        simulatedPart.has(InjectedFault.STUCK) || (registers[CONTROL] & POWER_DOWN) != 0;
    for (; updatedMs + UPDATE_MS <= nowMs; updatedMs += UPDATE_MS) {
      if (!still) {
        update();
      }
    }
  }

  private void update() {
    double share = Math.min(1, (double) UPDATE_MS / Math.max(1, averagingMs));
    average += share * (levelDba.applyAsDouble(updatedMs + UPDATE_MS) - average);
    double shown = Math.max(FLOOR_DB, Math.min(CEILING_DB, average));
    registers[DECIBEL] = simulatedPart.has(InjectedFault.OPEN_INPUT) ? 0 : (int) Math.rint(shown);
    registers[LEAST] = Math.min(registers[LEAST], registers[DECIBEL]);
    registers[GREATEST] = Math.max(registers[GREATEST], registers[DECIBEL]);
    if (updatedMs + UPDATE_MS - keptMs >= averagingMs) {
      keptMs = updatedMs + UPDATE_MS;
      System.arraycopy(registers, HISTORY, registers, HISTORY + 1, HISTORY_END - HISTORY - 1);
      registers[HISTORY] = registers[DECIBEL];
    }
  }
}
