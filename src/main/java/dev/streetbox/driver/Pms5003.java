package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Drives a Plantower PMS5003 or PMS7003, or another of their family with frames of 32 bytes, at a
 * UART of 9600 8N1; readings and flags are those of {@link PlantowerCell}.
 *
 * <p>In active mode the part sends frames unrequested, every 2.3 s in still air and every 0.2 to
 * 0.8 s while the air changes (manual V2.3, "Working mode"); in passive mode it sends one on
 * request, once a second or less often.
 *
 * <p>A part that lost its 5 V for a moment is in active mode again and its fan slow. So in active
 * mode a silence of 5 s, in passive mode a frame that no request explains ({@link OpenRequests})
 * begins a new warm-up.
 *
 * <p>A frame with a wrong sum is skipped. Bytes without one good frame for 7 s, three periods of
 * the part, are a FrameException; 10 s of silence are a BusException. Used by the port's own
 * thread.
 */
public final class Pms5003 implements Sensor {
  /** Names the mode in which the part sends frames. */
  public enum Mode {
    /** Unrequested, with the part's own period. */
    ACTIVE,
    /** On request. */
    PASSIVE
  }

  /**
   * Names the commands (manual V2.3, Appendix II): 42 4D, command, two bytes of argument, their
   * sum.
   */
  private enum Request {
    WAKE("42 4D E4 00 01 01 74"),
    SLEEP("42 4D E4 00 00 01 73"),
    ACTIVE("42 4D E1 00 01 01 71"),
    PASSIVE("42 4D E1 00 00 01 70"),
    READ("42 4D E2 00 00 01 71");

    private final String hex;

    Request(String hex) {
      this.hex = hex;
    }

    byte[] bytes() {
      return HexFormat.ofDelimiter(" ").parseHex(hex);
    }
  }

  /** Silence, two periods, after which the part may have lost its 5 V and its fan its speed. */
  private static final long SILENCE_MS = 5_000;

  /** Longest time to a reply (manual V2.3, table 1: "single response time"). */
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** A reading stays fresh for one and a half periods in still air, so that a lost frame shows. */
  private static final Duration FRESH = Duration.ofMillis(3_500);

  /** Number of times that the mode is set, within a minute each, before the part counts as deaf. */
  private static final int ATTEMPTS = 3;

  private static final long ATTEMPT_MS = 60_000;

  private final Mode mode;
  private final FramePort port;
  private final Time time;
  private final PlantowerCell cell;
  private final OpenRequests requests = new OpenRequests();
  private long frameTickMs;
  private long requestTickMs;
  private long modeTickMs;
  private int attempts;

  /**
   * Creates a driver of the part at this port and opens nothing yet.
   *
   * @param model the part's model; empty if its frames must show it
   */
  public Pms5003(SerialPort port, Time time, Mode mode, Optional<PlantowerModel> model) {
    FrameFinder finder = model.map(PlantowerFrame::finder).orElseGet(PlantowerFrame::finder);
    this.port = new FramePort("PMS5003", port, time, finder);
    this.time = time;
    this.mode = mode;
    this.cell = new PlantowerCell(model);
  }

  /**
   * Opens the port, wakes the part and sets its mode. No acknowledgement is awaited, because not
   * every firmware sends one; frames show that the part works.
   */
  @Override
  public void start() throws IOException {
    port.open();
    port.write(Request.WAKE.bytes());
    port.write(modeCommand().bytes());
    cell.forgetModel();
    cell.restart();
    requests.clear();
    attempts = 0;
    frameTickMs = time.tickMs();
  }

  /**
   * Returns the sample of the newest frame that arrives within a second, or nothing.
   *
   * @throws BusException after 10 s of silence, or if the port is gone
   * @throws FrameException if bytes arrive, but no good frame for 7 s
   */
  @Override
  public Sample read() throws IOException {
    boolean requesting = mode == Mode.PASSIVE && !isDeaf();
    List<byte[]> frames = requesting ? requestFrame() : List.of();
    List<byte[]> more = port.awaitFrames(WAIT);
    long now = time.tickMs();
    if (requesting && requests.areUnrequested(more.size(), now)) {
      setModeAgain(now);
    }
    frames = more.isEmpty() ? frames : more;
    if (frames.isEmpty()) {
      return Sample.NOTHING;
    }
    if (!requesting && now - frameTickMs > SILENCE_MS) {
      cell.restart();
    }
    frameTickMs = now;
    return cell.take(frames.get(frames.size() - 1), now);
  }

  @Override
  public Optional<String> remark() {
    Optional<String> cause = Optional.of(cell.cause()).filter(text -> !text.isEmpty());
    Optional<String> wire = isDeaf() ? Optional.of(FramePort.deaf("RX")) : Optional.empty();
    return cause.or(() -> wire).or(port::otherPart);
  }

  @Override
  public Rhythm rhythm() {
    return mode == Mode.ACTIVE ? Rhythm.freeRunning(FRESH) : Rhythm.everySecond(FRESH);
  }

  /** Puts the part to sleep, so that fan and laser do not wear, and closes the port. */
  @Override
  public void close() {
    port.close(Request.SLEEP.bytes());
  }

  /**
   * Requests a frame and returns the late answers to requests of the last seconds, which arrived
   * since the last read.
   */
  private List<byte[]> requestFrame() throws IOException {
    List<byte[]> late = port.bufferedFrames();
    long now = time.tickMs();
    boolean usable = now - requestTickMs <= FRESH.toMillis();
    if (requests.areUnrequested(late.size(), now)) {
      setModeAgain(now);
      usable = false;
    }
    port.write(Request.READ.bytes());
    requests.add(now);
    requestTickMs = now;
    return usable ? late : List.of();
  }

  /**
   * Sets the mode of a part that sends by itself, because it lost its supply for a moment, and
   * begins a warm-up. A part that goes on by itself after three attempts does not receive the
   * command; it is then read as in active mode.
   */
  private void setModeAgain(long nowMs) throws IOException {
    attempts = nowMs - modeTickMs <= ATTEMPT_MS ? attempts + 1 : 1;
    modeTickMs = nowMs;
    port.write(modeCommand().bytes());
    requests.clear();
    cell.restart();
  }

  /** Returns whether the part sends frames but obeys no command. */
  private boolean isDeaf() {
    return attempts > ATTEMPTS;
  }

  private Request modeCommand() {
    return mode == Mode.ACTIVE ? Request.ACTIVE : Request.PASSIVE;
  }
}
