package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Simulates a Sensirion SEN55 or SEN54 at its I2C interface (SEN5x datasheet v2, sections 4 and 6;
 * notes on raw values and number concentrations). While busy, the part does not acknowledge; a
 * command that is not allowed in its state is acknowledged and ignored, so that a read after the
 * command is not acknowledged.
 */
final class Sen55Chip implements Chip {
  private static final long BOOT_MS = 50;
  private static final long SHORT_MS = 20; // every command but the following
  private static final long START_MS = 50;
  private static final long STOP_MS = 200;
  private static final long RESET_MS = 100;
  private static final long SET_MS = 1_000;
  private static final long NOX_UNKNOWN_MS = 11_000;
  private static final long CLEANING_MS = 10_000;
  private static final long SPEED_CHECK_AFTER_MS = 3_000;
  private static final int SPEED = 1 << 21;
  private static final int CLEANING = 1 << 19;
  private static final int GAS = 1 << 7;
  private static final int LASER = 1 << 5;
  private static final int FAN = 1 << 4;
  private static final int UNKNOWN = 0xffff;
  private static final int UNKNOWN_SIGNED = 0x7fff;
  private static final int SATURATED = 0xfffe;

  private final String name;
  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final SensirionReply reply;

  private boolean measuring;
  private boolean withFan;
  private long startMs;
  private long cleaningUntilMs;
  private long newestSet;
  private long readSet;
  private int sticky;
  private int[] values = {};
  private int[] numbers = {};
  private int[] raw = {};

  /**
   * Makes a part without power.
   *
   * @param name {@code SEN55} or {@code SEN54}, which has no NOx
   */
  Sen55Chip(String name, Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.name = name;
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.reply = new SensirionReply(time, simulatedPart);
  }

  @Override
  public void powerUp(long tickMs) {
    measuring = false;
    sticky = 0;
    cleaningUntilMs = 0;
    reply.boot(tickMs, BOOT_MS);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    reply.requireReady();
    advance();
    reply.prepare(SHORT_MS);
    if (bytes.length == 2) {
      execute(SensirionReply.command(bytes));
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    return reply.take(count);
  }

  private void execute(int command) {
    switch (command) {
      case 0x0021 -> start(true);
      case 0x0037 -> start(false);
      case 0x0104 -> stop();
      case 0x0202 -> answerIf(measuring, newestSet > readSet ? 1 : 0);
      case 0x03c4 -> answerSet(values);
      case 0x03d2 -> answerSet(raw);
      case 0x0413 -> answerSet(numbers);
      case 0x5607 -> clean();
      // Not allowed while measuring; another part has no such command.
      case 0xd014 ->
          answerIf(!measuring && !simulatedPart.has(InjectedFault.WRONG_PART), text(name));
      case 0xd033 -> answerIf(!measuring, text("5B0F6A12D9C47E38"));
      case 0xd100 -> answerIf(!measuring, 0x0200, 0x0004, 0x0001, 0x0000);
      case 0xd206 -> answerIf(true, status() >>> 16, status() & 0xffff);
      case 0xd210 -> clearStatus();
      case 0xd304 -> {
        powerUp(time.tickMs());
        reply.prepare(RESET_MS);
      }
      default -> {}
    }
  }

  private void answerIf(boolean allowed, int... words) {
    if (allowed) {
      reply.prepare(SHORT_MS, words);
    }
  }

  private void answerSet(int[] words) {
    readSet = measuring ? newestSet : readSet;
    answerIf(measuring, words);
  }

  private void start(boolean fan) {
    measuring = true;
    withFan = fan;
    startMs = time.tickMs();
    newestSet = 0;
    readSet = 0;
    measure(startMs);
    reply.prepare(START_MS);
  }

  private void stop() {
    measuring = false;
    cleaningUntilMs = 0;
    reply.prepare(STOP_MS);
  }

  private void clean() {
    if (measuring && withFan) {
      cleaningUntilMs = time.tickMs() + CLEANING_MS;
    }
  }

  private void clearStatus() {
    int before = status();
    sticky = 0;
    answerIf(true, before >>> 16, before & 0xffff);
  }

  private boolean cleaning() {
    return time.tickMs() < cleaningUntilMs;
  }

  private int status() {
    boolean steady = time.tickMs() - startMs >= SPEED_CHECK_AFTER_MS && !cleaning();
    boolean slow = measuring && withFan && steady && simulatedPart.has(InjectedFault.FAN_SPEED);
    return sticky | (slow ? SPEED : 0) | (cleaning() ? CLEANING : 0);
  }

  /** Brings the state to the current tick; error flags stay until they are cleared. */
  private void advance() {
    if (!measuring) {
      return;
    }
    sticky |= withFan && simulatedPart.has(InjectedFault.FAN_STOPPED) ? FAN : 0;
    sticky |= withFan && simulatedPart.has(InjectedFault.LASER) ? LASER : 0;
    sticky |= simulatedPart.has(InjectedFault.GAS_PIXEL) ? GAS : 0;
    long newest = (time.tickMs() - startMs) / SET_MS;
    if (newest > newestSet && !simulatedPart.has(InjectedFault.STUCK)) {
      measure(startMs + newest * SET_MS);
    }
    newestSet = newest;
  }

  private void measure(long tickMs) {
    GroundTruth.Air air = world.apply(tickMs).air();
    if (!cleaning()) {
      numbers = particles(air, tickMs - startMs);
    }
    values = Arrays.copyOf(Arrays.copyOf(numbers, 4), 8);
    int humidity = (int) Math.rint(100 * air.rhPct());
    int temperature = (int) Math.rint(200 * air.tempC());
    boolean noxKnown = name.equals("SEN55") && tickMs - startMs >= NOX_UNKNOWN_MS;
    int vocRaw = (int) Math.rint(30_000 - 5_000 * air.smell());
    int noxRaw = (int) Math.rint(15_000 + 4_000 * air.exhaust());
    values[4] = humidity & 0xffff;
    values[5] = temperature & 0xffff;
    values[6] = 10 * (int) Math.rint(100 + 150 * air.smell());
    values[7] = noxKnown ? 10 * (int) Math.rint(1 + 30 * air.exhaust()) : UNKNOWN_SIGNED;
    raw = new int[] {values[4], values[5], vocRaw, noxKnown ? noxRaw : UNKNOWN};
  }

  /**
   * Returns masses and numbers with shares as in a capture of urban air; they settle within 16 s,
   * in clean air within 30 s.
   */
  private int[] particles(GroundTruth.Air air, long fanMs) {
    int[] words = new int[10];
    if (!withFan || fanMs < SET_MS || simulatedPart.has(InjectedFault.SATURATED)) {
      Arrays.fill(words, simulatedPart.has(InjectedFault.SATURATED) ? SATURATED : UNKNOWN);
      return words;
    }
    boolean blind =
        simulatedPart.has(InjectedFault.FAN_STOPPED) || simulatedPart.has(InjectedFault.LASER);
    double pm25 = air.pm25Ugm3();
    double pm10 = pm25 + air.coarseUgm3();
    double number = 6.5 * pm25;
    double settleMs = number >= 100 ? 16_000 : 30_000;
    double flow = blind ? 0 : 1 - Math.exp(-4 * fanMs / settleMs);
    double[] shares = {
      0.82 * pm25,
      pm25,
      pm25 + 0.8 * air.coarseUgm3(),
      pm10,
      0.84 * number,
      0.98 * number,
      0.99 * number,
      0.995 * number,
      number,
      0
    };
    Arrays.setAll(words, i -> (int) Math.min(SATURATED, Math.rint(10 * flow * shares[i])));
    words[9] = (int) Math.rint(1_000 * (0.66 + 0.28 * (pm10 - 0.82 * pm25) / pm10));
    return words;
  }

  /** Returns a text in ASCII, padded with NUL to 32 bytes. */
  private static int[] text(String text) {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 32);
    int[] words = new int[bytes.length / 2];
    Arrays.setAll(words, i -> bytes[2 * i] << 8 | bytes[2 * i + 1]);
    return words;
  }
}
