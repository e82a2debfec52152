package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Simulates a Sensirion SPS30 at its I2C interface, firmware 2.2 (SPS30 datasheet 1.0, sections 4
 * and 6). A command that is not allowed in the part's state is acknowledged and ignored, so that a
 * read after the command is not acknowledged.
 */
final class Sps30Chip implements Chip {
  /** Time between two sets of values; table 4 allows 1 ± 0.04 s. */
  static final long SET_MS = 1_012;

  private static final long CLEANING_MS = 10_000; // 4.2
  private static final long SPEED_CHECK_AFTER_MS = 3_000; // 4.4: not checked earlier
  private static final long WAKE_WINDOW_MS = 100; // 6.3.6
  private static final long SHORT_MS = 5; // table 8, execution times
  private static final long LONG_MS = 20;
  private static final long RESET_MS = 100;
  private static final int SPEED = 1 << 21; // 4.4, status register
  private static final int LASER = 1 << 5;
  private static final int FAN = 1 << 4;
  private static final int FLOAT = 0x0300; // 6.3.1, output formats
  private static final int INTEGER = 0x0500;

  private static final double SATURATED = 60_000; // the range of 1.1 does not limit the output

  private enum State {
    SLEEP,
    IDLE,
    MEASURING
  }

  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final SensirionReply reply;
  private int cleaningIntervalS = 604_800; // kept without power, 6.3.8

  private State state = State.IDLE;
  private int format = FLOAT;
  private long startMs;
  private long cleanedMs;
  private long cleaningUntilMs;
  private long wakeUntilMs;
  private long newestSet;
  private long readSet;
  private boolean fanFailed;
  private double[] values = {};

  /** Makes a part without power, whose fan is off. */
  Sps30Chip(Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.reply = new SensirionReply(time, simulatedPart);
  }

  @Override
  public void powerUp(long tickMs) {
    state = State.IDLE;
    cleanedMs = tickMs;
    cleaningUntilMs = 0;
    wakeUntilMs = 0;
    fanFailed = false;
    reply.boot(tickMs, 0);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (state == State.SLEEP) {
      wake(SensirionReply.command(bytes));
      return;
    }
    reply.requireReady();
    reply.prepare(0);
    advance();
    List<Integer> arguments = SensirionReply.arguments(bytes);
    if (bytes.length == 2) {
      execute(SensirionReply.command(bytes));
    } else if (SensirionReply.command(bytes) == 0x0010 && arguments.size() == 1) {
      start(arguments.get(0));
    } else if (SensirionReply.command(bytes) == 0x8004 && arguments.size() == 2) {
      cleaningIntervalS = arguments.get(0) << 16 | arguments.get(1);
      reply.prepare(LONG_MS);
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    if (state == State.SLEEP) {
      wake(-1);
    }
    return reply.take(count);
  }

  /** Executes a command of table 8 that has no argument. */
  private void execute(int command) {
    switch (command) {
      case 0x0104 -> stop();
      case 0x0202 -> answerReady();
      case 0x0300 -> answerValues();
      case 0x1001 -> sleep();
      case 0x5607 -> clean();
      case 0x8004 -> reply.prepare(SHORT_MS, cleaningIntervalS >>> 16, cleaningIntervalS & 0xffff);
      case 0xd002 -> reply.prepare(0, text(product(), 8));
      case 0xd033 -> reply.prepare(0, text("5B0F6A12D9C47E38", 32));
      case 0xd100 -> reply.prepare(0, 0x0202);
      case 0xd206 -> reply.prepare(0, status() >>> 16, status() & 0xffff);
      case 0xd210 -> clearStatus();
      case 0xd304 -> reset();
      default -> {}
    }
  }

  private String product() {
    return simulatedPart.has(InjectedFault.WRONG_PART) ? "00080001" : "00080000";
  }

  private void start(int wanted) {
    if (state == State.IDLE && (wanted == FLOAT || wanted == INTEGER)) {
      state = State.MEASURING;
      format = wanted;
      startMs = time.tickMs();
      newestSet = 0;
      readSet = 0;
      reply.prepare(LONG_MS);
    }
  }

  private void stop() {
    state = State.IDLE;
    cleaningUntilMs = 0;
    reply.prepare(LONG_MS);
  }

  private void sleep() {
    if (state == State.IDLE) {
      state = State.SLEEP;
      reply.prepare(SHORT_MS);
    }
  }

  /**
   * Wakes the interface, and the part if the interface was awake already and this is the wake-up
   * command (6.3.6).
   */
  private void wake(int command) throws IOException {
    boolean interfaceAwake = time.tickMs() < wakeUntilMs;
    wakeUntilMs = time.tickMs() + WAKE_WINDOW_MS;
    if (!interfaceAwake || command != 0x1103) {
      throw Chip.nack();
    }
    state = State.IDLE;
    reply.prepare(SHORT_MS);
  }

  private void clean() {
    if (state == State.MEASURING) {
      cleanedMs = time.tickMs();
      cleaningUntilMs = cleanedMs + CLEANING_MS;
      reply.prepare(SHORT_MS);
    }
  }

  private void clearStatus() {
    fanFailed = false;
    reply.prepare(SHORT_MS);
  }

  private void reset() {
    powerUp(time.tickMs());
    reply.prepare(RESET_MS);
  }

  private void answerReady() {
    if (state == State.MEASURING) {
      reply.prepare(0, newestSet > readSet ? 1 : 0);
    }
  }

  /** Answers with the newest set, also if it was read before; no answer before the first set. */
  private void answerValues() {
    if (state == State.MEASURING && newestSet > 0) {
      readSet = newestSet;
      reply.prepare(0, format == FLOAT ? floats(values) : integers(values));
    }
  }

  private int status() {
    boolean measuring = state == State.MEASURING;
    boolean steady = time.tickMs() - startMs >= SPEED_CHECK_AFTER_MS && !cleaning();
    return (fanFailed ? FAN : 0)
        | (measuring && simulatedPart.has(InjectedFault.LASER) ? LASER : 0)
        | (measuring && steady && simulatedPart.has(InjectedFault.FAN_SPEED) ? SPEED : 0);
  }

  private boolean cleaning() {
    return time.tickMs() < cleaningUntilMs;
  }

  /** Brings the state to the current tick. */
  private void advance() {
    if (state != State.MEASURING) {
      return;
    }
    long nowMs = time.tickMs();
    fanFailed |= simulatedPart.has(InjectedFault.FAN_STOPPED);
    if (cleaningIntervalS > 0 && nowMs - cleanedMs >= cleaningIntervalS * 1_000L) {
      clean();
    }
    long set = (nowMs - startMs) / SET_MS;
    boolean first = newestSet == 0;
    if (set > newestSet && (first || !(cleaning() || simulatedPart.has(InjectedFault.STUCK)))) {
      values = measure(startMs + set * SET_MS);
    }
    newestSet = set;
  }

  /**
   * Returns masses up to 1.0, 2.5, 4 and 10 µm in µg/m³, numbers up to 0.5, 1.0, 2.5, 4 and 10 µm
   * in 1/cm³, and the typical size in µm, with shares as in a capture of urban air. The values
   * settle within 8 to 30 s, sooner in dense air (table 1).
   */
  private double[] measure(long tickMs) {
    GroundTruth.Air air = world.apply(tickMs).air();
    double pm25 = air.pm25Ugm3();
    double pm1 = 0.82 * pm25;
    double pm4 = pm25 + 0.8 * air.coarseUgm3();
    double pm10 = pm25 + air.coarseUgm3();
    double n1 = 7.77 * pm1;
    double n25 = n1 + 0.10 * (pm25 - pm1);
    double n4 = n25 + 0.29 * (pm4 - pm25);
    double n10 = n4 + 0.25 * (pm10 - pm4);
    double settleS = n10 >= 200 ? 8 : n10 >= 100 ? 16 : 30;
    boolean blind =
        simulatedPart.has(InjectedFault.FAN_STOPPED) || simulatedPart.has(InjectedFault.LASER);
    double flow = blind ? 0 : 1 - Math.exp(-4 * (tickMs - startMs) / 1_000.0 / settleS);
    double[] set = {pm1, pm25, pm4, pm10, 6.55 * pm1, n1, n25, n4, n10, 0};
    Arrays.setAll(set, i -> set[i] * flow);
    set[9] = 0.66 + 0.28 * (pm10 - pm1) / pm10;
    if (simulatedPart.has(InjectedFault.SATURATED)) {
      Arrays.fill(set, SATURATED);
    }
    return set;
  }

  private static int[] floats(double[] values) {
    return Arrays.stream(values)
        .mapToInt(value -> Float.floatToIntBits((float) value))
        .flatMap(bits -> Arrays.stream(new int[] {bits >>> 16, bits & 0xffff}))
        .toArray();
  }

  /** Returns whole numbers, the size in nanometres (6.3.4). */
  private static int[] integers(double[] values) {
    int[] words = Arrays.stream(values).mapToInt(value -> (int) Math.rint(value)).toArray();
    words[9] = (int) Math.rint(values[9] * 1_000);
    return words;
  }

  /** Returns a text in ASCII, padded with NUL to a length in bytes. */
  private static int[] text(String text, int length) {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), length);
    int[] words = new int[length / 2];
    Arrays.setAll(words, i -> bytes[2 * i] << 8 | bytes[2 * i + 1]);
    return words;
  }
}
