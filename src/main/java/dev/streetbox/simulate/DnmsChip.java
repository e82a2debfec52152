package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * Simulates a DNMS node of sensor.community: a Teensy that averages blocks of 125 ms (hbitter/DNMS,
 * firmware 2.4.5: its loop and its two I2C handlers). A command to end the interval takes effect at
 * the end of the current block.
 */
final class DnmsChip implements Chip {
  private static final String VERSION = "DNMS Version 2.4.5";

  private static final long NACK_MS = 500; // setup(): a delay, then Wire.begin
  private static final long DROPPED_MS = 1_580; // another delay, then 200 blocks of 2.9 ms
  private static final long BLOCK_MS = 125; // 43 blocks of 2.9 ms
  private static final int STEPS = 5;

  private static final double OPEN_INPUT_DB = 5.0; // 125 + 20 lg 0.000001
  private static final double GARBAGE_DB = 812.5; // seen in the field (hbitter/DNMS, issue 24)

  private final Time time;
  private final SimulatedPart simulatedPart;
  private final LongToDoubleFunction levelDba;
  private long poweredMs;
  private long blockEndMs;
  private int command;
  private boolean closing;
  private boolean ready;
  private double energy;
  private double least;
  private double greatest;
  private int blocks;
  private double[] levels = new double[3];

  /**
   * Makes a node without power.
   *
   * @param levelDba the A-weighted level at a tick in ms, dB re 20 µPa
   */
  DnmsChip(Time time, SimulatedPart simulatedPart, LongToDoubleFunction levelDba) {
    this.time = time;
    this.simulatedPart = simulatedPart;
    this.levelDba = levelDba;
  }

  @Override
  public void powerUp(long tickMs) {
    poweredMs = tickMs;
    blockEndMs = poweredMs + DROPPED_MS + BLOCK_MS;
    command = 0;
    closing = false;
    ready = false;
    levels = new double[3];
    begin();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    requireAwake();
    measure();
    command = SensirionReply.command(bytes);
    if (command == 0x0003) {
      ready = false;
      closing = true;
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    requireAwake();
    measure();
    byte[] answer =
        switch (command) {
          case 0x0002 -> VERSION.getBytes(StandardCharsets.US_ASCII);
          case 0x0004 -> new byte[] {0, (byte) (ready ? 1 : 0)};
          case 0x0005 -> levels();
          default -> new byte[0];
        };
    command = 0;
    return checked(answer);
  }

  private void requireAwake() throws IOException {
    if (time.tickMs() < poweredMs + NACK_MS) {
      throw Chip.nack();
    }
  }

  private byte[] levels() {
    ready = false;
    ByteBuffer floats = ByteBuffer.allocate(12);
    for (double level : levels) {
      floats.putFloat((float) level);
    }
    return floats.array();
  }

  /** Returns the answer with a CRC-8 after every two bytes. */
  private byte[] checked(byte[] answer) {
    byte[] bytes = new byte[answer.length / 2 * 3];
    for (int word = 0; word < answer.length / 2; word++) {
      byte high = answer[2 * word];
      byte low = answer[2 * word + 1];
      bytes[3 * word] = high;
      bytes[3 * word + 1] = low;
      bytes[3 * word + 2] =
          (byte) SensirionReply.crc(Byte.toUnsignedInt(high) << 8 | Byte.toUnsignedInt(low));
    }
    if (bytes.length > 0 && simulatedPart.has(InjectedFault.WRONG_CHECKSUM)) {
      bytes[bytes.length - 1] ^= (byte) 0xff;
    }
    return bytes;
  }

  /** Adds every block that has ended to the interval. */
  private void measure() {
    for (; blockEndMs <= time.tickMs(); blockEndMs += BLOCK_MS) {
      double block = simulatedPart.has(InjectedFault.OPEN_INPUT) ? OPEN_INPUT_DB : block();
      energy += Math.pow(10, block / 10);
      least = Math.min(least, block);
      greatest = Math.max(greatest, block);
      blocks++;
      if (closing) {
        close();
      }
    }
  }

  private double block() {
    double sum = 0;
    for (int step = 0; step < STEPS; step++) {
      long tickMs = blockEndMs - BLOCK_MS * step / STEPS;
      sum += Math.pow(10, levelDba.applyAsDouble(tickMs) / 10) / STEPS;
    }
    return 10 * Math.log10(sum);
  }

  private void close() {
    closing = false;
    ready = true;
    if (!simulatedPart.has(InjectedFault.STUCK) || Arrays.equals(levels, new double[3])) {
      double highest = simulatedPart.has(InjectedFault.GARBAGE) ? GARBAGE_DB : greatest;
      levels = new double[] {10 * Math.log10(energy / blocks), least, highest};
    }
    begin();
  }

  private void begin() {
    energy = 0;
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
    blocks = 0;
  }
}
