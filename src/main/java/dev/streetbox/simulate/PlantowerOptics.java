package dev.streetbox.simulate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Simulates the measuring cell and the data frame that all Plantower parts share (PMS5003 manual
 * 2.3, appendix I).
 */
final class PlantowerOptics {
  static final int FRAME_BYTES = 32;

  /** Time between two frames in steady air; 200 to 800 ms while the air changes. */
  static final long STEADY_MS = 2_300;

  static final int FASTEST_MS = 200;
  static final int SLOWEST_MS = 800;

  private static final int CHANGE_UGM3 = 2;
  private static final int START = 0x424d;
  private static final byte VERSION = (byte) 0x97;
  private static final long EMPTY_MS = 3_000; // frames of zeros after power-up
  private static final double RISE_MS = 7_000; // time constant; within 2 % after 30 s
  private static final int FULL = 0xffff;

  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private long fanMs;
  private int lastPm25;
  private boolean airChanges;
  private byte[] lastFrame = new byte[FRAME_BYTES];

  /** Makes a cell whose fan stands. */
  PlantowerOptics(LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.world = world;
    this.simulatedPart = simulatedPart;
  }

  /** Starts the fan; frames are zero until 3 s later. */
  void start(long tickMs) {
    fanMs = tickMs;
    lastFrame = withChecksum(withHeader(new byte[FRAME_BYTES]));
  }

  /** Returns the frame that is measured at a tick. */
  byte[] frame(long tickMs) {
    if (!simulatedPart.has(InjectedFault.STUCK)) {
      lastFrame = withChecksum(content(tickMs));
    }
    byte[] frame = lastFrame.clone();
    if (simulatedPart.has(InjectedFault.WRONG_CHECKSUM)) {
      frame[FRAME_BYTES - 1] ^= (byte) 0xff;
    }
    return frame;
  }

  /** Returns whether the last two frames differ by at least 2 µg/m³ of PM2.5. */
  boolean airChanges() {
    return airChanges;
  }

  /**
   * Returns a frame without checksum: three masses "CF=1", three in the atmosphere, in µg/m³, and
   * six numbers per 0.1 l (table 1).
   */
  private byte[] content(long tickMs) {
    byte[] bytes = withHeader(new byte[FRAME_BYTES]);
    long fanOnMs = tickMs - fanMs;
    if (fanOnMs < EMPTY_MS) {
      noteChange(0);
      return bytes;
    }
    ByteBuffer frame = ByteBuffer.wrap(bytes, 4, FRAME_BYTES - 4);
    boolean blind =
        simulatedPart.has(InjectedFault.FAN_STOPPED) || simulatedPart.has(InjectedFault.LASER);
    double flow = blind ? 0 : 1 - Math.exp(-(fanOnMs - EMPTY_MS) / RISE_MS);
    GroundTruth.Air air = world.apply(tickMs).air();
    double pm25 = flow * air.pm25Ugm3();
    double pm10 = pm25 + flow * air.coarseUgm3();
    noteChange((int) Math.rint(pm25));
    for (double mass : new double[] {0.7 * pm25, pm25, pm10}) {
      putWord(frame, mass <= 30 ? mass : 30 + 1.5 * (mass - 30));
    }
    for (double mass : new double[] {0.7 * pm25, pm25, pm10}) {
      putWord(frame, mass);
    }
    for (double perMass : new double[] {105, 31, 7, 0.6, 0.2, 0.05}) {
      putWord(frame, perMass * pm25);
    }
    frame.put(VERSION);
    if (simulatedPart.has(InjectedFault.WRONG_PART)) {
      // A PMS5003T has temperature and humidity in place of the last two counts.
      ByteBuffer.wrap(bytes).putShort(24, (short) 212).putShort(26, (short) 450);
    }
    return bytes;
  }

  private void noteChange(int pm25) {
    airChanges = Math.abs(pm25 - lastPm25) >= CHANGE_UGM3;
    lastPm25 = pm25;
  }

  private void putWord(ByteBuffer frame, double value) {
    double shown =
        simulatedPart.has(InjectedFault.SATURATED) ? FULL : Math.min(FULL, Math.rint(value));
    frame.putShort((short) (int) shown);
  }

  private static byte[] withHeader(byte[] frame) {
    ByteBuffer.wrap(frame).putShort((short) START).putShort((short) (frame.length - 4));
    return frame;
  }

  /** Fills the last two bytes with the sum of those before. */
  static byte[] withChecksum(byte[] frame) {
    int last = frame.length - 2;
    ByteBuffer.wrap(frame).putShort(last, (short) sum(Arrays.copyOf(frame, last)));
    return frame;
  }

  private static int sum(byte[] bytes) {
    int sum = 0;
    for (byte value : bytes) {
      sum += Byte.toUnsignedInt(value);
    }
    return sum;
  }
}
