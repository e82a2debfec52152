package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.ClockReading;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads position, speed and time of day from gpsd: JSON lines over TCP, protocol 3 (gpsd_json(5) of
 * 3.22; the major number changes with incompatible reports). One receiver is expected; of several,
 * the one with the latest report counts.
 *
 * <p>A line that is no report is skipped, because single ones are caused by noise at a receiver and
 * the lines after them are right. Used by the port's thread, except {@link #state()}.
 */
public final class Gpsd implements Sensor {
  private static final int PROTOCOL = 3;
  private static final byte[] WATCH =
      "?WATCH={\"enable\":true,\"json\":true};\n".getBytes(StandardCharsets.US_ASCII);
  private static final long VERSION_LIMIT_MS = 2_000;
  private static final long READ_MS = 1_000;

  /**
   * Time without a report after which the last position is withdrawn: five reports of one a second.
   */
  private static final long NO_FIX_AFTER_MS = 5_000;

  /** Time of bytes without a report after which another service or a wrong baud rate is assumed. */
  private static final long NOISE_MS = 5_000;

  /**
   * A reading stays fresh for a receiver's period of 1 s and 200 ms, because {@link Epochs} is not
   * exact.
   */
  private static final Rhythm RHYTHM = Rhythm.freeRunning(Duration.ofMillis(1_200));

  private final SerialPort port;
  private final Time time;
  private final Consumer<ClockReading> clock;
  private final LineSplitter splitter = new LineSplitter();
  private final byte[] buffer = new byte[8_192];

  private final Epochs epochs = new Epochs();

  private long arrivedMs;
  private long measuredMs;
  private OptionalLong noiseSinceMs = OptionalLong.empty(); // tick since which bytes made no report
  private long lastSampleMs;
  private boolean noFixReported; // since the last report
  private long wrongLines;
  private volatile GnssState state = GnssState.UNKNOWN;

  /**
   * Creates a client that is not connected yet.
   *
   * @param port gpsd's socket
   * @param clock receives every time of day that comes with a fix, on the thread that reads
   */
  public Gpsd(SerialPort port, Time time, Consumer<ClockReading> clock) {
    this.port = port;
    this.time = time;
    this.clock = clock;
  }

  /** Returns gpsd's last reports about its receiver; safe for every thread. */
  public GnssState state() {
    return state;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Connects anew, because gpsd sends VERSION once per connection; waits at most 2 s for
   * VERSION.
   *
   * @throws IOException if gpsd cannot be reached, sends no VERSION, or one of another protocol
   *     than 3; the message quotes the line received
   */
  @Override
  public void start() throws IOException {
    port.close();
    port.open();
    splitter.clear();
    state = GnssState.UNKNOWN;
    wrongLines = 0;
    awaitVersion();
    port.write(WATCH);
    noiseSinceMs = OptionalLong.empty();
    lastSampleMs = time.tickMs();
    noFixReported = false;
  }

  private void awaitVersion() throws IOException {
    long untilMs = time.tickMs() + VERSION_LIMIT_MS;
    Optional<String> line = splitter.next();
    while (line.isEmpty()) {
      if (!receive(untilMs)) {
        throw new BusException(
            "no VERSION within 2 s: is this gpsd, and is it overloaded?", BusException.UNKNOWN);
      }
      line = splitter.next();
    }
    requireVersion(line.get());
  }

  private static void requireVersion(String line) throws TextFormatException {
    String quoted = GpsdReport.masked(line);
    try {
      GpsdReport version = GpsdReport.parse(line);
      if (version.kind().equals("VERSION")) {
        if (version.number("proto_major").orElse(0) == PROTOCOL) {
          return;
        }
        quoted = line;
      }
    } catch (TextFormatException e) {
      // Another service; the quoted line is masked, because a receiver's own may hold a position.
    }
    throw new TextFormatException(
        "expected gpsd's VERSION with proto_major 3 but got: "
            + quoted.substring(0, Math.min(quoted.length(), 120)));
  }

  /**
   * Returns the sample of the next position report, or one without a fix; waits up to a second.
   *
   * @throws TextFormatException if bytes arrived for 5 s without a report among them
   */
  @Override
  public Sample read() throws IOException {
    long untilMs = time.tickMs() + READ_MS;
    do {
      Optional<String> line = splitter.next();
      while (line.isPresent()) {
        Sample sample = take(line.get());
        if (!sample.isEmpty()) {
          lastSampleMs = time.tickMs();
          return sample;
        }
        line = splitter.next();
      }
      requireReports();
    } while (receive(untilMs));
    return noFixOnce();
  }

  /** Reads bytes until that tick at the latest; returns false if none arrived. */
  private boolean receive(long untilMs) throws IOException {
    long leftMs = untilMs - time.tickMs();
    int count = leftMs <= 0 ? 0 : port.read(buffer, Duration.ofMillis(leftMs));
    if (count == 0) {
      return false;
    }
    arrivedMs = time.tickMs();
    if (noiseSinceMs.isEmpty()) {
      noiseSinceMs = OptionalLong.of(arrivedMs);
    }
    splitter.add(buffer, count);
    return true;
  }

  private void requireReports() throws TextFormatException {
    if (arrivedMs - noiseSinceMs.orElse(arrivedMs) > NOISE_MS) {
      noiseSinceMs = OptionalLong.empty();
      throw new TextFormatException("no report in 5 s of bytes: is this gpsd? " + state.fault());
    }
  }

  private Sample take(String line) {
    GpsdReport report;
    try {
      report = GpsdReport.parse(line);
    } catch (TextFormatException e) {
      wrongLines++;
      return update(state.withFault("wrong lines: " + wrongLines + ", the last " + e.getMessage()));
    }
    noiseSinceMs = OptionalLong.empty();
    return switch (report.kind()) {
      case "TPV" -> takeFix(new Tpv(report));
      case "DEVICE" -> takeDevices(List.of(report));
      case "DEVICES" -> takeDevices(report.list("devices"));
      case "SKY" -> update(state.withSky(report));
      case "ERROR" -> update(state.withFault(report.text("message").orElse("")));
      default -> Sample.NOTHING;
    };
  }

  private Sample takeFix(Tpv tpv) {
    noFixReported = false;
    state = state.withMode(tpv.mode());
    tpv.report().text("device").ifPresent(path -> update(state.withReceiver(path)));
    long epochMs = arrivedMs;
    if (tpv.hasFix() && tpv.utcMs().isPresent()) {
      clock.accept(ClockReading.gnss(arrivedMs, tpv.utcMs().getAsLong(), tpv.mode()));
      epochMs = epochs.tickMs(tpv.utcMs().getAsLong(), arrivedMs);
    }
    measuredMs = Math.max(measuredMs, epochMs);
    return tpv.sample();
  }

  /** Updates the receiver's state; gpsd reports a removed receiver as activated at 0. */
  private Sample takeDevices(List<GpsdReport> devices) {
    Optional<GpsdReport> present =
        devices.stream().filter(device -> device.number("activated").orElse(1) != 0).findFirst();
    if (present.isPresent()) {
      return update(state.withReceiver(present.get().text("path").orElse("")));
    }
    noFixReported = true;
    measuredMs = arrivedMs;
    state = state.withoutReceiver();
    return Tpv.NO_FIX;
  }

  private Sample update(GnssState newState) {
    state = newState;
    return Sample.NOTHING;
  }

  /**
   * Returns NO_FIX once per silence and nothing after that, so that the runner sees a silent
   * sensor.
   */
  private Sample noFixOnce() {
    long tickMs = time.tickMs();
    if (noFixReported || tickMs - lastSampleMs <= NO_FIX_AFTER_MS) {
      return Sample.NOTHING;
    }
    noFixReported = true;
    lastSampleMs = tickMs;
    measuredMs = tickMs;
    state = state.withMode(0);
    return Tpv.NO_FIX;
  }

  /** Returns the tick of the position's epoch, or of the moment at which the fix was found lost. */
  @Override
  public long measuredMs(long readMs) {
    return measuredMs;
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  /** Closes the connection, which ends gpsd's watch as well. */
  @Override
  public void close() {
    port.close();
  }
}
