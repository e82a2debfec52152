package dev.streetbox.simulate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** A Plantower PMS5003 at its UART (PMS5003 manual 2.3, appendices I and II). */
final class Pms5003Talker implements SimSerial.Talker {
  static final int FRAME_BYTES = 32;

  /** Active mode: one frame per 2.3 s in steady air, per 200 to 800 ms while it changes. */
  static final long STEADY_MS = 2_300;

  private static final int FASTEST_MS = 200;
  private static final int SLOWEST_MS = 800;
  private static final int CHANGE_UGM3 = 2;
  private static final int COMMAND_BYTES = 7;
  private static final int START = 0x424d;
  private static final byte VERSION = (byte) 0x97;
  private static final long EMPTY_MS = 3_000; // frames of zeros after power-up
  private static final double RISE_MS = 7_000; // and a reading that is good after 30 s

  private final LongFunction<Moment> world;
  private final Part part;
  private final SplittableRandom random;
  private boolean awake;
  private boolean active;
  private long fanMs;
  private long nextMs;
  private int lastPm25;
  private byte[] lastFrame = new byte[FRAME_BYTES];

  /** A part in the air of that world. */
  Pms5003Talker(LongFunction<Moment> world, Part part, long seed) {
    this.world = world;
    this.part = part;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void powerUp(long tickMs) {
    awake = true;
    active = true;
    fanMs = tickMs;
    nextMs = tickMs + SLOWEST_MS;
  }

  /** The tail of a frame that was on its way. */
  @Override
  public byte[] greet(long tickMs) {
    if (!awake || !active) {
      return new byte[0];
    }
    nextMs = tickMs + random.nextLong(FASTEST_MS, STEADY_MS);
    return Arrays.copyOfRange(frame(tickMs), random.nextInt(1, FRAME_BYTES), FRAME_BYTES);
  }

  @Override
  public byte[] answer(byte[] written, long tickMs) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    for (int at = 0; at + COMMAND_BYTES <= written.length; at++) {
      byte[] command = Arrays.copyOfRange(written, at, at + COMMAND_BYTES);
      boolean whole = command[0] == 0x42 && command[1] == 0x4d;
      if (whole && Arrays.equals(command, summed(command.clone()))) {
        answers.writeBytes(obey(Byte.toUnsignedInt(command[2]), command[4], tickMs));
      }
    }
    return answers.toByteArray();
  }

  @Override
  public long nextMs() {
    return awake && active ? nextMs : Long.MAX_VALUE;
  }

  @Override
  public byte[] speak() {
    int before = lastPm25;
    byte[] frame = frame(nextMs);
    boolean changes = Math.abs(lastPm25 - before) >= CHANGE_UGM3;
    nextMs += changes ? random.nextInt(FASTEST_MS, SLOWEST_MS + 1) : STEADY_MS;
    return frame;
  }

  /** Appendix II; a part asleep hears only that it shall wake, and says nothing to it. */
  private byte[] obey(int command, byte argument, long tickMs) {
    if (command == 0xe4 && argument == 1) {
      powerUp(tickMs);
      return new byte[0];
    }
    if (!awake || command == 0xe2) {
      return awake ? frame(tickMs) : new byte[0];
    }
    if (command == 0xe1) {
      active = argument == 1;
      nextMs = tickMs + STEADY_MS;
    } else if (command == 0xe4) {
      awake = false;
    } else {
      return new byte[0];
    }
    return summed(new byte[] {0x42, 0x4d, 0, 4, (byte) command, argument, 0, 0});
  }

  private byte[] frame(long tickMs) {
    if (!part.has(Failure.STUCK)) {
      lastFrame = summed(content(tickMs));
    }
    byte[] frame = lastFrame.clone();
    if (part.has(Failure.WRONG_CHECKSUM)) {
      frame[FRAME_BYTES - 1] ^= (byte) 0xff;
    }
    return frame;
  }

  /** Appendix I, table 1: three masses "CF=1", three in the atmosphere, six numbers per 0.1 l. */
  private byte[] content(long tickMs) {
    byte[] bytes = new byte[FRAME_BYTES];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.putShort((short) START).putShort((short) (FRAME_BYTES - 4));
    long fanOnMs = tickMs - fanMs;
    if (fanOnMs < EMPTY_MS) {
      lastPm25 = 0;
      return bytes;
    }
    boolean blind = part.has(Failure.FAN_STOPPED) || part.has(Failure.LASER);
    double flow = blind ? 0 : 1 - Math.exp(-(fanOnMs - EMPTY_MS) / RISE_MS);
    Moment.Air air = world.apply(tickMs).air();
    double pm25 = flow * air.pm25Ugm3();
    double pm10 = pm25 + flow * air.coarseUgm3();
    lastPm25 = (int) Math.rint(pm25);
    for (double mass : new double[] {0.7 * pm25, pm25, pm10}) {
      frame.putShort((short) Math.rint(mass <= 30 ? mass : 30 + 1.5 * (mass - 30)));
    }
    for (double mass : new double[] {0.7 * pm25, pm25, pm10}) {
      frame.putShort((short) Math.rint(mass));
    }
    for (double perMass : new double[] {105, 31, 7, 0.6, 0.2, 0.05}) {
      frame.putShort((short) Math.min(0xffff, Math.rint(perMass * pm25)));
    }
    frame.put(VERSION);
    return bytes;
  }

  /** Fills the last two bytes with the sum of those before. */
  private static byte[] summed(byte[] frame) {
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
