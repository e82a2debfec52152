package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plantower PMS5003 or PMS7003 at a UART of 9600 8N1, in active mode: it speaks by itself, every
 * 2.3 s in still air and every 0.2 to 0.8 s while the air changes (manual V2.3, "Working mode").
 *
 * <p>Gives the atmospheric masses (not "CF=1") and the number concentrations above each size.
 * Flags: PM_WARMUP for 30 s from the first frame of a part that was silent before, and while its
 * frames are all zero; PM_FAULT with its error code, or if its numbers contradict each other;
 * PM_STUCK; OUT_OF_RANGE.
 *
 * <p>A damaged frame costs only itself. Bytes without one good frame for 7 s, three of its rhythms,
 * are a FrameException; 10 s of silence are a BusException. Used by the port's own thread.
 */
public final class Pms5003 implements Sensor {
  /** The commands (manual V2.3, Appendix II): 42 4D, command, two bytes of argument, their sum. */
  private enum Command {
    WAKE("42 4D E4 00 01 01 74"),
    SLEEP("42 4D E4 00 00 01 73"),
    ACTIVE("42 4D E1 00 01 01 71");

    private final String hex;

    Command(String hex) {
      this.hex = hex;
    }

    byte[] bytes() {
      return HexFormat.ofDelimiter(" ").parseHex(hex);
    }
  }

  /** At least 1000 µg/m³ is the maximum range (manual V2.3, table 1); Linux clamps there too. */
  private static final double GREATEST_MASS = 1000;

  /** A count of 65535 is a full counter, not a number of particles. */
  private static final double GREATEST_COUNT = 655.34;

  /** The fan needs 30 s after it was switched on (manual V2.3, "Circuit attentions"). */
  private static final long WARM_UP_MS = 30_000;

  /** After a silence of two rhythms the part may have lost its 5 V, and its fan its speed. */
  private static final long PAUSE_MS = 5_000;

  private static final long GARBAGE_MS = 7_000;
  private static final long SILENCE_MS = 10_000;
  private static final long WAIT_MS = 1_000;

  private static final Duration PERIOD = Duration.ZERO;

  /** Its rhythm in still air and half of it again: one lost frame shows. */
  private static final Duration FRESH = Duration.ofMillis(3_500);

  /** Twelve counts and masses, never all equal for that long in air with any dust. */
  private static final Duration FROZEN = Duration.ofMinutes(5);

  private static final int CF1_AT = 4;
  private static final int MASS_AT = 10;
  private static final int COUNTS_AT = 16;
  private static final int VERSION_AT = 28;
  private static final int ERROR_AT = 29;
  private static final int SUM_AT = 30;

  private static final List<Quantity> MASSES = List.of(Quantity.PM1, Quantity.PM2_5, Quantity.PM10);
  private static final List<Quantity> COUNTS =
      List.of(
          Quantity.NC0_3,
          Quantity.NC0_5,
          Quantity.NC1,
          Quantity.NC2_5,
          Quantity.NC5,
          Quantity.NC10);

  private final SerialPort port;
  private final Time time;
  private final PlantowerFrames frames = new PlantowerFrames();
  private final Frozen frozen = new Frozen(FROZEN);
  private final byte[] buffer = new byte[256];

  private boolean spoken;
  private long frameTickMs;
  private long warmUntilTickMs;
  private int bytesSinceFrame;

  /** The part at this port; nothing is opened yet. */
  public Pms5003(SerialPort port, Time time) {
    this.port = port;
    this.time = time;
  }

  /**
   * Opens the port, wakes the part and asks for active mode, the default after power-up. No
   * acknowledgement is awaited, for not every firmware sends one: the frames are the proof.
   */
  @Override
  public void start() throws IOException {
    port.close();
    port.open();
    port.write(Command.WAKE.bytes());
    port.write(Command.ACTIVE.bytes());
    frames.reset();
    frozen.reset();
    spoken = false;
    bytesSinceFrame = 0;
    frameTickMs = time.tickMs();
  }

  /**
   * The newest frame of what comes within a second.
   *
   * @throws BusException after 10 s of silence, or if the port is gone
   * @throws FrameException if bytes come, but no good frame for 7 s
   */
  @Override
  public Sample read() throws IOException {
    long end = time.tickMs() + WAIT_MS;
    for (long now = time.tickMs(); now < end; now = time.tickMs()) {
      int count = port.read(buffer, Duration.ofMillis(end - now));
      bytesSinceFrame += count;
      List<byte[]> complete = frames.take(buffer, count);
      if (!complete.isEmpty()) {
        return hear(complete.get(complete.size() - 1), time.tickMs());
      }
    }
    complain(end - frameTickMs);
    return Sample.NOTHING;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public Duration fresh() {
    return FRESH;
  }

  /** Puts the part to sleep, which spares its fan and laser, and closes the port. */
  @Override
  public void close() {
    try {
      port.write(Command.SLEEP.bytes());
    } catch (IOException e) {
      // It no longer listens: there is nothing to put to sleep.
    }
    port.close();
  }

  private Sample hear(byte[] frame, long now) {
    boolean waking = isAllZero(frame);
    if (!spoken || waking || now - frameTickMs > PAUSE_MS) {
      warmUntilTickMs = now + WARM_UP_MS;
    }
    spoken = true;
    frameTickMs = now;
    bytesSinceFrame = 0;
    if (waking) {
      return new Sample(Map.of(), Set.of(Quality.PM_WARMUP));
    }
    Draft draft = decode(frame);
    draft.flagIf(now < warmUntilTickMs, Quality.PM_WARMUP);
    draft.flagIf(
        frozen.takes(ByteBuffer.wrap(frame, CF1_AT, VERSION_AT - CF1_AT), now), Quality.PM_STUCK);
    return draft.sample();
  }

  private void complain(long quietMs) throws IOException {
    if (bytesSinceFrame >= PlantowerFrames.LENGTH && quietMs >= GARBAGE_MS) {
      throw new FrameException(
          "PMS5003: bytes come, but no frame with the right sum for 7 s: noise on the wires,"
              + " another model (PMS3003, PMS5003ST), or another part at this port");
    }
    if (quietMs >= SILENCE_MS) {
      throw new BusException(
          "PMS5003: silent for 10 s: cable or 5 V missing, SET pulled low, or the serial console"
              + " owns the port (remove console=serial0 from cmdline.txt)",
          BusException.UNKNOWN);
    }
  }

  /** Readings and the part's own faults of a frame whose sum is right (manual V2.3, Appendix I). */
  static Draft decode(byte[] frame) {
    Draft draft = new Draft();
    for (int i = 0; i < MASSES.size(); i++) {
      draft.put(MASSES.get(i), BigEndian.word(frame, MASS_AT + 2 * i), 0, GREATEST_MASS);
    }
    for (int i = 0; i < COUNTS.size(); i++) {
      // Per 0.1 litre, that is per 100 cm³.
      double perCm3 = BigEndian.word(frame, COUNTS_AT + 2 * i) / 100.0;
      draft.put(COUNTS.get(i), perCm3, 0, GREATEST_COUNT);
    }
    draft.flagIf(frame[ERROR_AT] != 0 || contradictsItself(frame), Quality.PM_FAULT);
    return draft;
  }

  /**
   * Each count is of all particles above its size, so the next cannot be greater: a PMS5003T sends
   * temperature and humidity in the last two. And mass without any particle is none.
   */
  private static boolean contradictsItself(byte[] frame) {
    for (int at = COUNTS_AT; at < VERSION_AT - 2; at += 2) {
      if (BigEndian.word(frame, at) < BigEndian.word(frame, at + 2)) {
        return true;
      }
    }
    return BigEndian.word(frame, COUNTS_AT) == 0 && BigEndian.word(frame, MASS_AT + 4) > 0;
  }

  /** Version included: what it sends while its fan starts, and not clean air. */
  private static boolean isAllZero(byte[] frame) {
    for (int at = CF1_AT; at < SUM_AT; at++) {
      if (frame[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
