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
 * 3.22; the major number changes with incompatible reports). Of several receivers one is used at a
 * time ({@link GnssReceivers}).
 *
 * <p>A position is a reading only if the receiver measured it anew and it can follow the last one
 * ({@link GnssSteps}).
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

  private final Optional<String> device;
  private final GpsdLimit limit;
  private final GnssSteps steps = new GnssSteps();
  private final SatelliteReports satelliteReports = new SatelliteReports();
  private GnssReceivers receivers;
  private String fault = "";
  private String noPlace = "";
  private long lastPlaceMs;
  private long arrivedMs;
  private long measuredMs;
  private OptionalLong noiseSinceMs = OptionalLong.empty(); // tick since which bytes made no report
  private long lastTpvMs;
  private boolean noFixReported; // since the last report
  private long wrongLines;
  private volatile GnssState state = GnssState.UNKNOWN;

  /**
   * Creates a client that is not connected yet.
   *
   * @param port gpsd's socket
   * @param device the only receiver to be used, by its path in gpsd; empty: any
   * @param clock receives every time of day that comes with a fix, on the thread that reads
   */
  public Gpsd(SerialPort port, Optional<String> device, Time time, Consumer<ClockReading> clock) {
    this.port = port;
    this.device = device;
    this.limit = new GpsdLimit(time);
    this.receivers = new GnssReceivers(device, NO_FIX_AFTER_MS);
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
    receivers = new GnssReceivers(device, NO_FIX_AFTER_MS);
    steps.clear();
    satelliteReports.clear();
    fault = "";
    noPlace = "";
    state = GnssState.UNKNOWN;
    wrongLines = 0;
    awaitVersion();
    port.write(WATCH);
    noiseSinceMs = OptionalLong.empty();
    lastTpvMs = time.tickMs();
    lastPlaceMs = time.tickMs();
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
    limit.received(count);
    return true;
  }

  private void requireReports() throws TextFormatException {
    if (arrivedMs - noiseSinceMs.orElse(arrivedMs) > NOISE_MS) {
      noiseSinceMs = OptionalLong.empty();
      throw new TextFormatException("no report in 5 s of bytes: is this gpsd? " + fault);
    }
  }

  private Sample take(String line) {
    if (!limit.acceptsReport()) {
      return fault("more than " + GpsdLimit.REPORTS + " reports a second: the others are skipped");
    }
    if (satelliteReports.isNeedless(line, arrivedMs)) {
      return Sample.NOTHING;
    }
    GpsdReport report;
    try {
      report = GpsdReport.parse(line);
    } catch (TextFormatException e) {
      wrongLines++;
      return fault("wrong lines: " + wrongLines + ", the last " + e.getMessage());
    }
    noiseSinceMs = OptionalLong.empty();
    Sample sample =
        switch (report.kind()) {
          case "TPV" -> takeTpv(new Tpv(report));
          case "DEVICE" -> takeDevices(List.of(report), false);
          case "DEVICES" -> takeDevices(report.list("devices"), true);
          case "SKY" -> takeSky(report);
          case "ERROR" -> fault(report.text("message").orElse(""));
          default -> Sample.NOTHING;
        };
    updateState();
    return sample;
  }

  private Sample fault(String text) {
    fault = text;
    updateState();
    return Sample.NOTHING;
  }

  private Sample takeSky(GpsdReport sky) {
    receivers.of(sky).ifPresent(receiver -> receiver.satellites(sky));
    return Sample.NOTHING;
  }

  private Sample takeDevices(List<GpsdReport> devices, boolean complete) {
    if (!receivers.update(devices, complete)) {
      return Sample.NOTHING;
    }
    noFixReported = true;
    return withdraw(arrivedMs);
  }

  private Sample takeTpv(Tpv tpv) {
    noFixReported = false;
    Optional<GnssReceiver> receiver = receivers.of(tpv.report());
    receiver.ifPresent(one -> one.report(tpv.mode(), arrivedMs));
    if (receiver.isEmpty() || !receivers.use(receiver.get(), arrivedMs)) {
      return receivers.used().isPresent()
          ? Sample.NOTHING
          : withoutPlace("gpsd has no " + device.orElse("receiver"));
    }
    lastTpvMs = arrivedMs;
    if (!tpv.hasFix()) {
      noPlace = "";
      return withdraw(arrivedMs);
    }
    return takeFix(receiver.get(), tpv);
  }

  private Sample takeFix(GnssReceiver receiver, Tpv tpv) {
    OptionalLong utcMs = tpv.utcMs();
    if (utcMs.isEmpty()) {
      return withoutPlace("the receiver's reports have no time");
    }
    if (receiver.date(utcMs.getAsLong(), arrivedMs) == GnssReceiver.Novelty.REPEATED) {
      return withoutPlace("the receiver repeats one epoch: it no longer measures");
    }
    clock.accept(ClockReading.gnss(arrivedMs, utcMs.getAsLong(), tpv.mode()));
    measuredMs = Math.max(measuredMs, receiver.epochTickMs());
    Sample sample = tpv.sample();
    if (sample.isEmpty()) {
      return withoutPlace("the receiver's reports have no latitude and longitude");
    }
    Optional<String> doubt =
        sample.readings().isEmpty()
            ? Optional.of("the receiver's coordinates are impossible")
            : steps.doubt(sample, measuredMs);
    noPlace = doubt.orElse("");
    if (doubt.isPresent()) {
      return Tpv.IMPOSSIBLE;
    }
    lastPlaceMs = arrivedMs;
    return sample;
  }

  /** Returns NO_FIX, or nothing while the last position is not older than 5 s. */
  private Sample withoutPlace(String reason) {
    if (arrivedMs - lastPlaceMs <= NO_FIX_AFTER_MS) {
      return Sample.NOTHING;
    }
    noPlace = reason;
    return withdraw(arrivedMs);
  }

  private Sample withdraw(long tickMs) {
    measuredMs = Math.max(measuredMs, tickMs);
    return Tpv.NO_FIX;
  }

  private void updateState() {
    Optional<GnssReceiver> used = receivers.used();
    String none = receivers.isNone() ? GnssState.NO_RECEIVER : "";
    state =
        new GnssState(
            used.map(GnssReceiver::mode).orElse(0),
            used.map(GnssReceiver::used).orElse(0),
            used.map(GnssReceiver::seen).orElse(0),
            used.map(GnssReceiver::path).orElse(none),
            fault,
            noPlace,
            receivers.others(),
            device.isPresent());
  }

  /**
   * Returns NO_FIX once per silence and nothing after that, so that the runner sees a silent
   * sensor.
   */
  private Sample noFixOnce() {
    long tickMs = time.tickMs();
    if (noFixReported || tickMs - lastTpvMs <= NO_FIX_AFTER_MS) {
      return Sample.NOTHING;
    }
    noFixReported = true;
    lastTpvMs = tickMs;
    receivers.used().ifPresent(receiver -> receiver.report(0, tickMs));
    updateState();
    return withdraw(tickMs);
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
