package dev.streetbox.sample;

import dev.streetbox.bus.Backoff;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.sample.SensorStatus.State;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;

/**
 * One sensor's place on its bus: when it is started, read, given up and tried again.
 *
 * <p>It waits, or it runs. A failure closes the sensor (unless it hangs its bus), takes its samples
 * off the board and lets it wait: 1 s at first, doubling to 5 minutes, and 1 s again only after a
 * sample was read.
 *
 * <p>Two troubles do not fail a running sensor at once, since dust on a contact or a disturbed line
 * cause them and the next read succeeds: a wrong frame or report and a missing acknowledge. They
 * are counted as faults, the sensor is read again when it is due, and the third in a row fails it.
 * A sensor that answers, but says nothing for half a minute or three times as long as a sample
 * stays fresh, fails too: a UART whose cable is off is merely silent.
 *
 * <p>A sensor read more than once a second posts one sample for each second, at its end; any other
 * posts each sample at the tick it was measured. The times of reads are {@link Grid}'s.
 *
 * <p>Belongs to the bus's thread, except {@link #status()}.
 */
final class SensorRunner {
  private static final int ERROR_LIMIT = 3;
  private static final long SHORTEST_SILENCE_MS = 30_000;

  private final String name;
  private final Sensor sensor;
  private final String place;
  private final Board board;
  private final Faults faults;
  private final Time time;
  private final Grid grid;
  private final SecondAggregator aggregator = new SecondAggregator();
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private boolean open;
  private boolean running;
  private long dueTickMs;
  private long silentSinceTickMs;
  private int errorsInARow;
  private boolean hasFault;
  private volatile SensorStatus status;

  /**
   * Starts nothing: the sensor is started when it first runs.
   *
   * @param bus the bus's name in faults
   * @param board where samples go
   * @param faults what is held and counted, at {@code bus/name}
   */
  SensorRunner(SampledSensor sampled, String bus, Board board, Faults faults, Time time) {
    this.name = sampled.name();
    this.sensor = sampled.sensor();
    this.place = bus + "/" + name;
    this.board = board;
    this.faults = faults;
    this.time = time;
    Duration own = sensor.rhythm().period();
    this.grid = new Grid(own.isZero() || sampled.period().isZero() ? own : sampled.period());
    this.status = new SensorStatus(name, State.WAITING, -1, 0, 0, "");
  }

  /** How the sensor does; any thread may ask. */
  SensorStatus status() {
    return status;
  }

  /** When {@link #run} has something to do, in ms since the boot began. */
  long dueTickMs() {
    return Math.min(dueTickMs, aggregator.endTickMs());
  }

  /**
   * Does what is due: one start or one read at most, and the posting of a second that has ended.
   *
   * @throws InterruptedIOException if the thread was interrupted; what the sensor was doing is open
   */
  void run() throws InterruptedIOException {
    try {
      if (running) {
        postSecond();
        read();
      } else {
        start();
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      handleError(e);
    }
  }

  /** Closes the sensor if it was started. */
  void close() {
    running = false;
    if (open) {
      open = false;
      sensor.close();
    }
  }

  private void start() throws IOException {
    open = true;
    sensor.start();
    running = true;
    errorsInARow = 0;
    silentSinceTickMs = time.tickMs();
    dueTickMs = grid.first(silentSinceTickMs);
    updateStatus(status.lastSampleTickMs(), status.faults(), status.lastFault());
  }

  private void read() throws IOException {
    if (dueTickMs > time.tickMs()) {
      return;
    }
    Sample sample = sensor.read();
    long tickMs = time.tickMs();
    errorsInARow = 0;
    if (sample.isEmpty()) {
      checkSilence(tickMs);
    } else {
      accept(sample, tickMs);
    }
    dueTickMs = grid.after(dueTickMs, tickMs);
    updateStatus(
        sample.isEmpty() ? status.lastSampleTickMs() : tickMs, status.faults(), status.lastFault());
  }

  private void accept(Sample sample, long tickMs) {
    silentSinceTickMs = tickMs;
    if (hasFault) {
      hasFault = false;
      backoff.reset();
      faults.clear(place);
    }
    if (grid.isWithinSeconds()) {
      aggregator.add(sample, dueTickMs);
    } else {
      board.post(name, sample, sensor.measuredMs(tickMs), sensor.rhythm().fresh());
    }
  }

  /** Posts the collected second once the next read belongs to a later one. */
  private void postSecond() {
    long endTickMs = aggregator.endTickMs();
    if (endTickMs < dueTickMs) {
      board.post(name, aggregator.take(), endTickMs, sensor.rhythm().fresh());
    }
  }

  private void checkSilence(long tickMs) throws BusException {
    long limitMs = Math.max(SHORTEST_SILENCE_MS, 3 * sensor.rhythm().fresh().toMillis());
    if (tickMs - silentSinceTickMs >= limitMs) {
      throw new BusException(
          "silent for " + limitMs / 1000 + " s: check its cable and its power",
          BusException.UNKNOWN);
    }
  }

  private void handleError(IOException error) {
    long tickMs = time.tickMs();
    String text = Objects.requireNonNullElse(error.getMessage(), error.toString());
    faults.raise(Subsystem.SENSOR, place, text, tickMs);
    hasFault = true;
    errorsInARow++;
    if (running && errorsInARow < ERROR_LIMIT && isTransient(error)) {
      dueTickMs = grid.after(dueTickMs, tickMs);
    } else {
      if (hangsBus(error)) {
        running = false;
      } else {
        close();
      }
      aggregator.clear();
      board.clear(name);
      dueTickMs = tickMs + backoff.next().toMillis();
    }
    updateStatus(status.lastSampleTickMs(), status.faults() + 1, text);
  }

  private static boolean isTransient(IOException error) {
    return error instanceof FrameException
        || error instanceof TextFormatException
        || (error instanceof BusException bus && bus.isNack());
  }

  /** Then a last word to it would hang the bus once more; its next start finds it as it is. */
  private static boolean hangsBus(IOException error) {
    return error instanceof BusException bus && bus.isTimeout();
  }

  private void updateStatus(long lastSampleTickMs, long faults, String lastFault) {
    State state = running ? State.RUNNING : State.WAITING;
    status = new SensorStatus(name, state, lastSampleTickMs, dueTickMs, faults, lastFault);
  }
}
