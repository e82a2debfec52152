package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Drives a Winsen ZE03 module with an electrochemical cell at a UART of 9600 8N1; see {@link
 * Ze03Frame}. In active mode it sends a concentration by itself once a second, in query mode when
 * it is asked. A calibration command is never sent.
 *
 * <p>Flags: GAS_WARMUP for 5 minutes after the start and after each silence, since the supply may
 * have been lost; OUT_OF_RANGE and GAS_FAULT beyond the module's range. There is no GAS_STUCK: in
 * steps of 1 ppm a living cell in clean air repeats its 0 for days.
 *
 * <p>A frame with a wrong checksum costs only itself. Bytes without one good frame for 7 s are a
 * FrameException; 10 s of silence are a BusException. Used by the port's own thread.
 */
public final class Ze03 implements Sensor {
  /** The ways in which the module sends. */
  public enum Mode {
    /** By itself, once a second; as delivered. */
    ACTIVE(0x03),
    /** Once for each request. */
    QUERY(0x04);

    private final int argument;

    Mode(int argument) {
      this.argument = argument;
    }
  }

  /**
   * The time for a reply: other drivers wait 0.5 to 2 s; in active mode a frame comes within 1 s.
   */
  private static final Duration WAIT = Duration.ofMillis(1_500);

  private static final Duration FRESH = Duration.ofMillis(2_500);

  /** The time of DFRobot's MultiGas, with a cell of the same kind; of a ZE03 none was found. */
  private static final long WARM_UP_MS = Duration.ofMinutes(5).toMillis();

  /** After a silence of three of its seconds the module may have lost its supply. */
  private static final long PAUSE_MS = 3_500;

  private final SerialPort line;
  private final FramePort port;
  private final Time time;
  private final Ze03Gas gas;
  private final Mode mode;
  private final OpenRequests requests = new OpenRequests();
  private boolean settling;
  private boolean sends;
  private boolean deaf;
  private int unanswered;
  private long valueTickMs;
  private long warmUntilTickMs;

  /**
   * Takes the module at this port; nothing is opened yet.
   *
   * @param gas what its cell must be for
   */
  public Ze03(SerialPort line, Time time, Ze03Gas gas, Mode mode) {
    this.line = line;
    this.port = new FramePort("ZE03", line, time, Ze03Frame.finder());
    this.time = time;
    this.gas = gas;
    this.mode = mode;
  }

  /**
   * Opens the port and sets the mode; whether a module remembers its mode without supply is not
   * known. A module that does not reply but sends concentrations is read as it is, because they
   * prove that it works; {@link #remark} then names the wire.
   *
   * @throws BusException if it neither replies nor sends
   * @throws FrameException if it refuses the mode
   */
  @Override
  public void start() throws IOException {
    port.open();
    deaf = false;
    unanswered = 0;
    setMode();
    settling = true;
    valueTickMs = time.tickMs();
  }

  /**
   * Returns the newest concentration, asked for or waited for.
   *
   * @throws BusException after 10 s of silence, or if the port is gone
   * @throws FrameException if the cell is for another gas, or bytes come, but no good frame for 7 s
   */
  @Override
  public Sample read() throws IOException {
    boolean asking = mode == Mode.QUERY && !deaf;
    List<byte[]> frames = asking ? ask() : List.of();
    List<byte[]> more = concentrations(port.awaitFrames(WAIT));
    long now = time.tickMs();
    if (asking && requests.areUnrequested(more.size(), now)) {
      restart();
    }
    frames = more.isEmpty() ? frames : more;
    if (frames.isEmpty()) {
      unanswered += asking ? 1 : 0;
      return Sample.NOTHING;
    }
    // In query mode a module that starts or is gone leaves several questions unanswered; one alone
    // may have been answered late.
    settling |= unanswered > 1;
    unanswered = 0;
    return take(frames.get(frames.size() - 1), now);
  }

  @Override
  public Optional<String> remark() {
    return deaf ? Optional.of(FramePort.deaf("RXD")) : Optional.empty();
  }

  @Override
  public Rhythm rhythm() {
    return mode == Mode.ACTIVE ? Rhythm.freeRunning(FRESH) : Rhythm.everySecond(FRESH);
  }

  /** Closes the port; the module stays in its mode. */
  @Override
  public void close() {
    line.close();
  }

  /** Asks for a value and returns late answers to the last questions. */
  private List<byte[]> ask() throws IOException {
    List<byte[]> late = concentrations(port.bufferedFrames());
    if (requests.areUnrequested(late.size(), time.tickMs())) {
      restart();
      late = List.of();
    }
    port.write(Ze03Frame.request(Ze03Frame.GAS, 0));
    requests.add(time.tickMs());
    return unanswered == 1 ? late : List.of();
  }

  /**
   * Sets the mode again, because frames that nobody asked for show that the module started anew.
   */
  private void restart() throws IOException {
    requests.clear();
    setMode();
    settling = true;
  }

  private static List<byte[]> concentrations(List<byte[]> frames) {
    return frames.stream().filter(Ze03::isConcentration).toList();
  }

  private Sample take(byte[] frame, long now) throws FrameException {
    SampleBuilder builder = Ze03Frame.decode(gas, frame);
    boolean paused = (mode == Mode.ACTIVE || deaf) && now - valueTickMs > PAUSE_MS;
    if (settling || paused) {
      settling = false;
      warmUntilTickMs = now + WARM_UP_MS;
    }
    valueTickMs = now;
    builder.flagIf(now < warmUntilTickMs, Quality.GAS_WARMUP);
    return builder.build();
  }

  /** Sets the mode and awaits the reply, between whatever values come meanwhile. */
  private void setMode() throws IOException {
    port.write(Ze03Frame.request(Ze03Frame.MODE, mode.argument));
    sends = false;
    Optional<byte[]> reply =
        port.awaitReply(WAIT, frame -> !isConcentration(frame), other -> sends = true);
    deaf = reply.isEmpty() && sends;
    if (deaf) {
      return;
    }
    if (reply.isEmpty()) {
      port.requireNoOther();
    }
    requireDone(
        reply.orElseThrow(
            () ->
                new BusException(
                    "ZE03: no reply to the command that sets its mode: cable or 5 V missing, RXD"
                        + " and TXD swapped, or another part at this port",
                    BusException.UNKNOWN)));
  }

  private static void requireDone(byte[] reply) throws FrameException {
    if (!Ze03Frame.isDone(reply)) {
      throw new FrameException(
          "ZE03: it refuses to change its mode: cut its power and start again");
    }
  }

  private static boolean isConcentration(byte[] frame) {
    return Ze03Frame.command(frame) == Ze03Frame.GAS;
  }
}
