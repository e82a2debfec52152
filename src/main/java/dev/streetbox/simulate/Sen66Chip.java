package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Simulates a Sensirion SEN66 at its I2C interface (commands, times and markers of Sensirion's
 * arduino-i2c-sen66 1.7.0). Busy it does not acknowledge. A command that its state does not allow
 * has no effect, so that a read after it finds nothing; what a real part does then is not known.
 */
final class Sen66Chip implements Chip {
  private static final long BOOT_MS = 100;
  private static final long SHORT_MS = 20; // every command but these
  private static final long START_MS = 50;
  private static final long STOP_MS = 1_400;
  private static final long RESET_MS = 1_200;
  private static final long FIRST_MS = 1_100;
  private static final long SET_MS = 1_000;
  private static final long CO2_UNKNOWN_MS = 6_000;
  private static final long NOX_UNKNOWN_MS = 11_000;
  private static final long CLEANING_MS = 10_000;
  private static final long SPEED_CHECK_AFTER_MS = 3_000;
  private static final double SETTLE_MS = 30_000;
  private static final int SPEED = 1 << 21;
  private static final int PARTICLES = 1 << 11;
  private static final int GAS = 1 << 7;
  private static final int FAN = 1 << 4;
  private static final int UNKNOWN = 0xffff;
  private static final int UNKNOWN_SIGNED = 0x7fff;
  private static final int SATURATED = 0xfffe; // seen on a SEN55; of a SEN66 nothing is known
  private static final int MASSES = 4;

  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final SensirionReply reply;

  private boolean measuring;
  private long poweredMs;
  private long startMs;
  private long cleanUntilMs;
  private long newestSet;
  private long readSet;
  private int sticky;
  private int[] values = {};
  private int[] numbers = {};
  private int[] raw = {};

  /** Makes a part that is idle, in the air of that world. */
  Sen66Chip(Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.reply = new SensirionReply(time, simulatedPart);
  }

  @Override
  public void powerUp(long tickMs) {
    measuring = false;
    sticky = 0;
    cleanUntilMs = 0;
    poweredMs = tickMs;
    reply.boot(tickMs, BOOT_MS);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    reply.requireReady();
    advance();
    reply.prepare(SHORT_MS);
    if (bytes.length == 2) {
      obey(SensirionReply.command(bytes));
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    return reply.take(count);
  }

  private void obey(int command) {
    switch (command) {
      case 0x0021 -> start();
      case 0x0104 -> stop();
      case 0x0202 -> reply.prepare(SHORT_MS, measuring && newestSet > readSet ? 1 : 0);
      case 0x0300 -> answerSet(values);
      case 0x0316 -> answerSet(numbers);
      case 0x0405 -> answerSet(raw);
      case 0x5607 -> clean();
      case 0xd002 -> reply.prepare(SHORT_MS, text("00085300"));
      case 0xd014 -> reply.prepare(SHORT_MS, text(name()));
      case 0xd033 -> reply.prepare(SHORT_MS, text("7C1E60B3A95D2F48"));
      case 0xd100 -> reply.prepare(SHORT_MS, 0x0400);
      case 0xd206 -> reply.prepare(SHORT_MS, status() >>> 16, status() & 0xffff);
      case 0xd210 -> clearStatus();
      case 0xd304 -> {
        powerUp(time.tickMs());
        reply.prepare(RESET_MS);
      }
      default -> {}
    }
  }

  /** Returns the name of the part, or that of another one of its family in its place. */
  private String name() {
    return simulatedPart.has(InjectedFault.WRONG_PART) ? "SEN63C" : "SEN66";
  }

  private void answerSet(int[] words) {
    if (measuring) {
      readSet = newestSet;
      reply.prepare(SHORT_MS, words);
    }
  }

  private void start() {
    if (measuring) {
      return;
    }
    if (time.tickMs() < cleanUntilMs) {
      simulatedPart.recordViolation("started while its fan was being cleaned");
    }
    measuring = true;
    startMs = time.tickMs();
    newestSet = 0;
    readSet = 0;
    measure(startMs);
    reply.prepare(START_MS);
  }

  private void stop() {
    if (measuring) {
      measuring = false;
      reply.prepare(STOP_MS);
    }
  }

  private void clean() {
    if (!measuring) {
      cleanUntilMs = time.tickMs() + CLEANING_MS;
    }
  }

  private void clearStatus() {
    int before = status();
    sticky = 0;
    reply.prepare(SHORT_MS, before >>> 16, before & 0xffff);
  }

  private int status() {
    boolean steady = measuring && time.tickMs() - startMs >= SPEED_CHECK_AFTER_MS;
    return sticky | (steady && simulatedPart.has(InjectedFault.FAN_SPEED) ? SPEED : 0);
  }

  /** Lets happen what has happened since the last transaction; errors stay until cleared. */
  private void advance() {
    if (!measuring) {
      return;
    }
    sticky |= simulatedPart.has(InjectedFault.FAN_STOPPED) ? FAN : 0;
    sticky |= simulatedPart.has(InjectedFault.LASER) ? PARTICLES : 0;
    sticky |= simulatedPart.has(InjectedFault.GAS_PIXEL) ? GAS : 0;
    long sinceFirst = time.tickMs() - startMs - FIRST_MS;
    long newest = sinceFirst < 0 ? 0 : 1 + sinceFirst / SET_MS;
    if (newest > newestSet && !simulatedPart.has(InjectedFault.STUCK)) {
      measure(startMs + FIRST_MS + (newest - 1) * SET_MS);
    }
    newestSet = newest;
  }

  private void measure(long tickMs) {
    GroundTruth.Air air = world.apply(tickMs).air();
    boolean first = tickMs == startMs;
    int[] particles = first ? unknown(MASSES + 5) : particles(air, tickMs - startMs);
    numbers = Arrays.copyOfRange(particles, MASSES, particles.length);
    values = Arrays.copyOf(particles, 9);
    values[4] = first ? UNKNOWN_SIGNED : (int) Math.rint(100 * air.rhPct()) & 0xffff;
    values[5] = first ? UNKNOWN_SIGNED : (int) Math.rint(200 * air.tempC()) & 0xffff;
    values[6] = first ? UNKNOWN_SIGNED : 10 * (int) Math.rint(100 + 150 * air.smell());
    values[7] =
        tickMs - poweredMs < NOX_UNKNOWN_MS
            ? UNKNOWN_SIGNED
            : 10 * (int) Math.rint(1 + 30 * air.exhaust());
    values[8] =
        tickMs - poweredMs < CO2_UNKNOWN_MS
            ? UNKNOWN
            : (int) Math.rint(425 + 180 * air.exhaust() + 40 * air.smell());
    int rawVoc = first ? UNKNOWN : (int) Math.rint(30_000 - 5_000 * air.smell());
    int rawNox =
        values[7] == UNKNOWN_SIGNED ? UNKNOWN : (int) Math.rint(15_000 + 4_000 * air.exhaust());
    raw = new int[] {values[4], values[5], rawVoc, rawNox, values[8]};
  }

  private static int[] unknown(int count) {
    int[] words = new int[count];
    Arrays.fill(words, UNKNOWN);
    return words;
  }

  /** Returns four masses and five numbers in shares as in a capture of urban air. */
  private int[] particles(GroundTruth.Air air, long fanMs) {
    boolean blind =
        simulatedPart.has(InjectedFault.FAN_STOPPED) || simulatedPart.has(InjectedFault.LASER);
    double flow = blind ? 0 : 1 - Math.exp(-4 * fanMs / SETTLE_MS);
    double pm25 = air.pm25Ugm3();
    double number = 6.5 * pm25;
    double[] shares = {
      0.82 * pm25,
      pm25,
      pm25 + 0.8 * air.coarseUgm3(),
      pm25 + air.coarseUgm3(),
      0.84 * number,
      0.98 * number,
      0.99 * number,
      0.995 * number,
      number
    };
    int[] words = new int[shares.length];
    Arrays.setAll(
        words,
        i ->
            simulatedPart.has(InjectedFault.SATURATED)
                ? SATURATED
                : (int) Math.min(SATURATED, Math.rint(10 * flow * shares[i])));
    return words;
  }

  /** Returns ASCII, padded with NUL to 32 bytes. */
  private static int[] text(String text) {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 32);
    int[] words = new int[bytes.length / 2];
    Arrays.setAll(words, i -> bytes[2 * i] << 8 | bytes[2 * i + 1]);
    return words;
  }
}
