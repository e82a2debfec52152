package dev.streetbox.simulate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Simulates a Winsen ZE03 at its UART (wokwi-chip-ze03-nh3, which follows manual V2.4, and
 * FartCHECKER; no frame of a real module with its gas named was found). It wakes in active mode.
 */
final class Ze03Device implements SimSerial.SerialDevice {
  /**
   * Lists what a module's cell can be for. Some modules tell gas and decimals in their frames and
   * some do not; here those with whole ppm do not.
   */
  enum Cell {
    H2S(0x03, 0, 0, 3, 0),
    NH3(0x02, 0, 0, 6, 0),
    CO(0x04, 0, 1, 0, 20),
    NO2(0x2c, 1, 0, 0, 0.8),
    SO2(0x2b, 1, 0, 0, 0.2),
    O3(0x2a, 1, 0.1, 0, -0.1),
    CL2(0x31, 1, 0, 0, 0);

    private final int code;
    private final int decimals;
    private final double cleanPpm;
    private final double smellPpm;
    private final double exhaustPpm;

    /** Takes the gas of clean air, and how much more there is in full smell and full exhaust. */
    Cell(int code, int decimals, double cleanPpm, double smellPpm, double exhaustPpm) {
      this.code = code;
      this.decimals = decimals;
      this.cleanPpm = cleanPpm;
      this.smellPpm = smellPpm;
      this.exhaustPpm = exhaustPpm;
    }

    private double ppm(GroundTruth.Air air) {
      return cleanPpm + smellPpm * air.smell() + exhaustPpm * air.exhaust();
    }

    /** Returns the cell of a configuration's gas, as {@code h2s}. */
    static Cell of(String gas) {
      return valueOf(gas.toUpperCase(Locale.ROOT));
    }
  }

  static final int FRAME_BYTES = 9;
  static final long RHYTHM_MS = 1_000;

  private static final int HYDROGEN_CHLORIDE = 0x2e;

  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final Cell cell;
  private boolean querying;
  private long nextMs;
  private int lastTicks;

  /** Makes a module in the air of that world. */
  Ze03Device(LongFunction<GroundTruth> world, SimulatedPart simulatedPart, Cell cell) {
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.cell = cell;
  }

  @Override
  public void powerUp(long tickMs) {
    querying = false;
    nextMs = tickMs + RHYTHM_MS;
  }

  /** Returns the tail of a frame that was on its way. */
  @Override
  public byte[] onOpen(long tickMs) {
    return querying ? new byte[0] : Arrays.copyOfRange(concentration(tickMs), 4, FRAME_BYTES);
  }

  @Override
  public byte[] answer(byte[] written, long tickMs) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    for (int at = 0; at + FRAME_BYTES <= written.length; at++) {
      byte[] request = Arrays.copyOfRange(written, at, at + FRAME_BYTES);
      if (isWhole(request)) {
        answers.writeBytes(obey(Byte.toUnsignedInt(request[2]), request[3], tickMs));
      }
    }
    return answers.toByteArray();
  }

  @Override
  public long nextMs() {
    return querying ? Long.MAX_VALUE : nextMs;
  }

  @Override
  public byte[] nextOutput() {
    byte[] frame = concentration(nextMs);
    nextMs += RHYTHM_MS;
    return frame;
  }

  private byte[] obey(int command, int argument, long tickMs) {
    switch (command) {
      case 0x78 -> {
        return setMode(argument, tickMs);
      }
      case 0x86 -> {
        return concentration(tickMs);
      }
      case 0x87, 0x88 -> simulatedPart.recordViolation("calibrated by command " + command);
      default -> {}
    }
    return new byte[0];
  }

  private byte[] setMode(int argument, long tickMs) {
    boolean known = argument == 3 || argument == 4;
    if (known) {
      nextMs = querying ? tickMs + RHYTHM_MS : nextMs;
      querying = argument == 4;
    }
    return framed(0x78, known ? 1 : 0, 0, 0, 0);
  }

  private byte[] concentration(long tickMs) {
    if (!simulatedPart.has(InjectedFault.STUCK)) {
      double ppm = cell.ppm(world.apply(tickMs).air());
      lastTicks = (int) Math.rint(ppm * Math.pow(10, cell.decimals));
    }
    int ticks = simulatedPart.has(InjectedFault.SATURATED) ? 0xffff : lastTicks;
    if (simulatedPart.has(InjectedFault.WRONG_PART)) {
      return framed(0x86, ticks >> 8, ticks, HYDROGEN_CHLORIDE, 1);
    }
    boolean tells = cell.decimals > 0;
    return framed(0x86, ticks >> 8, ticks, tells ? cell.code : 0, tells ? cell.decimals : 0);
  }

  private byte[] framed(int command, int... four) {
    byte[] frame = new byte[FRAME_BYTES];
    frame[0] = (byte) 0xff;
    frame[1] = (byte) command;
    for (int i = 0; i < four.length; i++) {
      frame[2 + i] = (byte) four[i];
    }
    frame[8] = (byte) -sum(frame, 8);
    if (simulatedPart.has(InjectedFault.WRONG_CHECKSUM)) {
      frame[8] ^= (byte) 0xff;
    }
    return frame;
  }

  /** Returns whether a request's bytes and its checksum cancel out. */
  private static boolean isWhole(byte[] request) {
    return request[0] == (byte) 0xff && request[1] == 1 && sum(request, FRAME_BYTES) == 0;
  }

  private static byte sum(byte[] bytes, int end) {
    byte sum = 0;
    for (int i = 1; i < end; i++) {
      sum += bytes[i];
    }
    return sum;
  }
}
