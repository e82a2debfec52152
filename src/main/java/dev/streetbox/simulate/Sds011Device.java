package dev.streetbox.simulate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.LongFunction;

/** Simulates a Nova SDS011 at its UART (Nova's control protocol V1.3). */
final class Sds011Device implements SimSerial.SerialDevice {
  static final int FRAME_BYTES = 10;
  static final long PERIOD_MS = 1_000;

  private static final int COMMAND_BYTES = 19;
  private static final long EMPTY_MS = 2_000; // all zero, the id too (captured by PyPMS)
  private static final double RISE_MS = 7_000; // time constant; within 2 % after 30 s
  private static final double GREATEST = 999.9;
  private static final byte[] ID = {(byte) 0xa1, 0x60};
  private static final int WORK_MS = 30_000; // of each working period

  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private boolean awake = true;
  private boolean querying; // kept without power, as the period is
  private int periodMinutes;
  private long fanMs;
  private long nextMs;
  private byte[] lastValues = new byte[4];

  /** Makes a part without power. */
  Sds011Device(LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.world = world;
    this.simulatedPart = simulatedPart;
  }

  @Override
  public void powerUp(long tickMs) {
    awake = true;
    fanMs = tickMs;
    nextMs = tickMs + PERIOD_MS;
  }

  /** Returns the rest of a frame that is being sent. */
  @Override
  public byte[] onOpen(long tickMs) {
    if (nextMs() == Long.MAX_VALUE) {
      return new byte[0];
    }
    return Arrays.copyOfRange(values(tickMs), 4, FRAME_BYTES);
  }

  @Override
  public byte[] answer(byte[] written, long tickMs) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    for (int at = 0; at + COMMAND_BYTES <= written.length; at++) {
      byte[] command = Arrays.copyOfRange(written, at, at + COMMAND_BYTES);
      if (isWhole(command)) {
        answers.writeBytes(execute(command, tickMs));
      }
    }
    return answers.toByteArray();
  }

  @Override
  public long nextMs() {
    return awake && !querying ? nextMs : Long.MAX_VALUE;
  }

  @Override
  public byte[] nextOutput() {
    byte[] frame = values(nextMs);
    boolean pausing = periodMinutes > 0 && nextMs - fanMs >= WORK_MS;
    nextMs += pausing ? periodMinutes * 60_000L : PERIOD_MS;
    fanMs = pausing ? nextMs - PERIOD_MS : fanMs;
    return frame;
  }

  private static boolean isWhole(byte[] command) {
    return command[0] == (byte) 0xaa
        && command[1] == (byte) 0xb4
        && command[17] == sum(command, 17)
        && command[18] == (byte) 0xab;
  }

  /** Executes a command and returns the answer; a sleeping part accepts only the wake-up. */
  private byte[] execute(byte[] command, long tickMs) {
    boolean set = command[3] == 1;
    int value = command[4];
    boolean wakes = command[2] == 0x06 && set && value == 1;
    if (!awake && !wakes) {
      return new byte[0];
    }
    switch (command[2]) {
      case 0x02 -> {
        querying = set ? value == 1 : querying;
        return reply(2, command[3], querying ? 1 : 0, 0);
      }
      case 0x04 -> {
        return values(tickMs);
      }
      case 0x06 -> {
        return sleepOrWork(set, value, tickMs);
      }
      case 0x07 -> {
        return reply(7, 15, 7, 10); // a firmware of 10 July 2015
      }
      case 0x08 -> {
        periodMinutes = set ? value : periodMinutes;
        return reply(8, command[3], periodMinutes, 0);
      }
      default -> {
        return new byte[0];
      }
    }
  }

  private byte[] sleepOrWork(boolean set, int value, long tickMs) {
    if (set && value == 1 && !awake) {
      powerUp(tickMs);
    } else if (set) {
      awake = value == 1;
    }
    return reply(6, set ? 1 : 0, awake ? 1 : 0, 0);
  }

  private byte[] values(long tickMs) {
    long fanOnMs = tickMs - fanMs;
    if (fanOnMs < EMPTY_MS) {
      return framed(0xc0, new byte[6]);
    }
    if (!simulatedPart.has(InjectedFault.STUCK)) {
      lastValues = measured(tickMs, fanOnMs);
    }
    // An SDS198 reports PM100 in a frame that begins with AA CF.
    int kind = simulatedPart.has(InjectedFault.WRONG_PART) ? 0xcf : 0xc0;
    return framed(kind, withId(lastValues));
  }

  private byte[] measured(long tickMs, long fanOnMs) {
    boolean blind =
        simulatedPart.has(InjectedFault.FAN_STOPPED) || simulatedPart.has(InjectedFault.LASER);
    double flow = blind ? 0 : 1 - Math.exp(-(fanOnMs - EMPTY_MS) / RISE_MS);
    GroundTruth.Air air = world.apply(tickMs).air();
    double pm25 = flow * air.pm25Ugm3();
    int fine = tenths(pm25);
    int all = tenths(pm25 + flow * air.coarseUgm3());
    return new byte[] {(byte) fine, (byte) (fine >> 8), (byte) all, (byte) (all >> 8)};
  }

  private int tenths(double mass) {
    return simulatedPart.has(InjectedFault.SATURATED)
        ? 0xffff
        : (int) Math.rint(10 * Math.min(GREATEST, mass));
  }

  private byte[] reply(int command, int first, int second, int third) {
    byte[] body = {(byte) command, (byte) first, (byte) second, (byte) third};
    return framed(0xc5, withId(body));
  }

  private static byte[] withId(byte[] four) {
    byte[] six = Arrays.copyOf(four, 6);
    System.arraycopy(ID, 0, six, 4, ID.length);
    return six;
  }

  private byte[] framed(int kind, byte[] six) {
    byte[] frame = new byte[FRAME_BYTES];
    frame[0] = (byte) 0xaa;
    frame[1] = (byte) kind;
    System.arraycopy(six, 0, frame, 2, six.length);
    frame[8] = sum(frame, 8);
    frame[9] = (byte) 0xab;
    if (simulatedPart.has(InjectedFault.WRONG_CHECKSUM)) {
      frame[8] ^= (byte) 0xff;
    }
    return frame;
  }

  /** Returns the low byte of the sum of the bytes from 2 on. */
  private static byte sum(byte[] bytes, int end) {
    int sum = 0;
    for (int i = 2; i < end; i++) {
      sum += bytes[i];
    }
    return (byte) sum;
  }
}
