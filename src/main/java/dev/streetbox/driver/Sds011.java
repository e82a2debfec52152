package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Drives a Nova SDS011 at a UART of 9600 8N1 (control protocol V1.3): PM2.5 and PM10 in steps of
 * 0.1 µg/m³. In active mode the part sends values unrequested, once a second; in query mode on
 * request.
 *
 * <p>Flags: PM_WARMUP for 30 s from the first frame of values, after a silence, and while the
 * frames are all zero; PM_FAULT, without readings, if both values are 0, one is beyond the range
 * (999.9 is the part's code for a blocked inlet), or PM2.5 is above PM10; PM_STUCK; OUT_OF_RANGE.
 *
 * <p>A frame with a wrong sum is skipped. Bytes without one good frame for 7 s are a
 * FrameException; 10 s of silence are a BusException. Used by the port's own thread.
 */
public final class Sds011 implements Sensor {
  /** Names the mode in which the part sends values. */
  public enum Mode {
    /** Unrequested, once a second. */
    ACTIVE,
    /** On request. */
    QUERY
  }

  private static final int SET_MODE = 0x02;
  private static final int QUERY = 0x04;
  private static final int SET_WORK = 0x06;
  private static final int SET_PERIOD = 0x08;
  private static final int SET = 1;
  private static final int SLEEP = 0;
  private static final int WORK = 1;
  private static final int CONTINUOUS = 0;

  private static final int COMMAND_BYTES = 19;
  private static final int COMMAND_SUM_AT = 17;

  /** Longest wait; a reply takes about 1 s, and values arrive once a second. */
  private static final Duration WAIT = Duration.ofMillis(1_500);

  private static final Duration FRESH = Duration.ofMillis(2_500);

  /** Warm-up advised by Nova; airRohr waits for 15 s and averages 5 s more. */
  private static final long WARM_UP_MS = 30_000;

  /** Silence, three periods, after which the part may have lost its 5 V and its fan its speed. */
  private static final long SILENCE_MS = 3_500;

  /** Limit of two unchanged values, which street air does not reach in steps of 0.1 µg/m³. */
  private static final Duration FROZEN = Duration.ofMinutes(5);

  private final Mode mode;
  private final FramePort port;
  private final Time time;
  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private boolean warmUpPending;
  private boolean sends;
  private boolean receives;
  private int unanswered;
  private long requestTickMs;
  private String cause = "";
  private long valuesTickMs;
  private long warmUntilTickMs;

  /** Creates a driver of the part at this port and opens nothing yet. */
  public Sds011(SerialPort port, Time time, Mode mode) {
    this.port = new FramePort("SDS011", port, time, Sds011Frame.finder());
    this.time = time;
    this.mode = mode;
  }

  /**
   * Opens the port, wakes the part and sets continuous measurement and the mode. The wake command
   * comes first, because a sleeping part ignores all others; both settings are set, because the
   * part keeps them without power and a used part may have any. A part that replies to no command
   * but sends values is read as it is, because its values prove that it works; {@link #remark} then
   * names the wire.
   *
   * @throws BusException if the part does not reply to a command, or neither replies nor sends
   */
  @Override
  public void start() throws IOException {
    port.open();
    sends = false;
    receives = false;
    boolean works = set(SET_WORK, WORK);
    set(SET_PERIOD, CONTINUOUS);
    set(SET_MODE, mode == Mode.ACTIVE ? 0 : 1);
    if (receives) {
      require(works, SET_WORK);
    }
    warmUpPending = true;
    unanswered = 0;
    valuesTickMs = time.tickMs();
    stuck.reset();
  }

  /**
   * Returns the newest values, in query mode after a request, or nothing after 1.5 s.
   *
   * @throws BusException after 10 s of silence, or if the port is gone
   * @throws FrameException if bytes arrive, but no good frame for 7 s
   */
  @Override
  public Sample read() throws IOException {
    Optional<byte[]> late = mode == Mode.QUERY ? query() : Optional.empty();
    Optional<byte[]> newest = newestValues(port.awaitFrames(WAIT)).or(() -> late);
    if (newest.isPresent()) {
      // In query mode a part that starts or was disconnected leaves several requests unanswered;
      // one alone may have been answered late.
      warmUpPending |= unanswered > 1;
      unanswered = 0;
      return take(newest.get(), time.tickMs());
    }
    unanswered += mode == Mode.QUERY ? 1 : 0;
    return Sample.NOTHING;
  }

  /** Requests values and returns a late answer to the last request, if one has arrived. */
  private Optional<byte[]> query() throws IOException {
    Optional<byte[]> late = newestValues(port.bufferedFrames());
    long now = time.tickMs();
    boolean usable = unanswered > 0 && now - requestTickMs <= FRESH.toMillis();
    port.write(command(QUERY, 0, 0));
    requestTickMs = now;
    return usable ? late : Optional.empty();
  }

  private static Optional<byte[]> newestValues(List<byte[]> frames) {
    return frames.stream().filter(Sds011::isValues).reduce((older, newer) -> newer);
  }

  private static boolean isValues(byte[] frame) {
    return Sds011Frame.kind(frame) == Sds011Frame.VALUES;
  }

  @Override
  public Optional<String> remark() {
    String text = cause.isEmpty() && !receives ? FramePort.deaf("R") : cause;
    return Optional.of(text).filter(words -> !words.isEmpty());
  }

  @Override
  public Rhythm rhythm() {
    return mode == Mode.ACTIVE ? Rhythm.freeRunning(FRESH) : Rhythm.everySecond(FRESH);
  }

  /** Puts the part to sleep, because its laser lasts 8000 h only, and closes the port. */
  @Override
  public void close() {
    port.close(command(SET_WORK, SET, SLEEP));
  }

  private Sample take(byte[] frame, long now) {
    boolean starting = Sds011Frame.isNotReady(frame);
    boolean paused = mode == Mode.ACTIVE && now - valuesTickMs > SILENCE_MS;
    if (warmUpPending || starting || paused) {
      warmUpPending = false;
      warmUntilTickMs = now + WARM_UP_MS;
    }
    valuesTickMs = now;
    if (starting) {
      return new Sample(Map.of(), Set.of(Quality.PM_WARMUP));
    }
    SampleBuilder builder = Sds011Frame.decode(frame);
    builder.flagIf(now < warmUntilTickMs, Quality.PM_WARMUP);
    builder.flagIf(stuck.isStuck(ByteBuffer.wrap(frame), now), Quality.PM_STUCK);
    cause = builder.cause();
    return builder.build();
  }

  /**
   * Changes a setting and waits for the reply; values that arrive before it are dropped.
   *
   * @return whether the part replied
   * @throws BusException if the part did not reply, unless it sends values and has replied to no
   *     command
   * @throws FrameException if another part sends instead
   */
  private boolean set(int command, int value) throws IOException {
    port.write(command(command, SET, value));
    Optional<byte[]> reply =
        port.awaitReply(
            WAIT,
            frame ->
                Sds011Frame.kind(frame) == Sds011Frame.REPLY
                    && Sds011Frame.command(frame) == command,
            other -> sends |= isValues(other));
    receives |= reply.isPresent();
    if (reply.isEmpty() && !sends) {
      port.requireNoOther();
    }
    if (receives || !sends) {
      require(reply.isPresent(), command);
    }
    return reply.isPresent();
  }

  private static void require(boolean replied, int command) throws BusException {
    if (replied) {
      return;
    }
    throw new BusException(
        String.format(
            "SDS011: no reply to command %02X: cable or 5 V missing, R and T swapped, or another"
                + " part at this port",
            command),
        BusException.UNKNOWN);
  }

  /**
   * Returns a command: AA B4, the command, twelve bytes of data of which two are used, FF FF for
   * any part's id, the low byte of the sum from the command on, AB.
   */
  static byte[] command(int command, int first, int second) {
    byte[] bytes = new byte[COMMAND_BYTES];
    bytes[0] = (byte) 0xAA;
    bytes[1] = (byte) 0xB4;
    bytes[2] = (byte) command;
    bytes[3] = (byte) first;
    bytes[4] = (byte) second;
    bytes[15] = (byte) 0xFF;
    bytes[16] = (byte) 0xFF;
    for (int i = 2; i < COMMAND_SUM_AT; i++) {
      bytes[COMMAND_SUM_AT] += bytes[i];
    }
    bytes[18] = (byte) 0xAB;
    return bytes;
  }
}
