package dev.streetbox.sample;

import dev.streetbox.bus.Backoff;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.PartIdentity;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.sample.SensorStatus.State;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Starts and reads one sensor of a bus, and retries after errors.
 *
 * <p>A sensor is waiting or running. An error closes the sensor (unless it hangs the bus), removes
 * its samples from the board and makes it wait: 1 s at first, doubling to 5 minutes, and 1 s again
 * only after a sample was read.
 *
 * <p>Two kinds of error do not close a running sensor at once, since a dirty contact or a disturbed
 * line causes them and the next read may succeed: a wrong frame or report, and a missing
 * acknowledge. They are counted as faults, and the sensor is read again when due; the third in a
 * row closes it. No sample for 30 s or three times as long as a sample stays fresh, whichever is
 * longer, is an error too, because a UART with an unplugged cable only stays silent.
 *
 * <p>A remark of the driver on a sample is raised as a fault while it lasts; the sensor runs on.
 *
 * <p>Of a sensor read more than once a second, one sample is posted for each second, at the
 * second's end; of any other, each sample is posted with the tick of its measurement. {@link Grid}
 * gives the times of reads.
 *
 * <p>Used by the bus's thread, except {@link #status()}.
 */
final class SensorRunner {
  private static final int ERROR_LIMIT = 3;

  /** Flags of a part that starts, whose remarks are not yet of its usual state. */
  private static final Set<Quality> WARM_UP = EnumSet.of(Quality.PM_WARMUP, Quality.GAS_WARMUP);

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
  private String remark = "";
  private volatile SensorStatus status;

  /**
   * Makes the runner; the first {@link #run} starts the sensor.
   *
   * @param bus the bus's name in faults
   * @param board takes the samples
   * @param faults holds and counts the faults, at {@code bus/name}
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
    this.status = new SensorStatus(name, State.WAITING, -1, 0, 0, "", PartIdentity.NONE);
  }

  /** Returns the sensor's state; callable by any thread. */
  SensorStatus status() {
    return status;
  }

  /** Returns whether the sensor is read more than once a second. */
  boolean isWithinSeconds() {
    return grid.isWithinSeconds();
  }

  /** Returns when {@link #run} is due next, in ms since the boot began. */
  long dueTickMs() {
    return Math.min(dueTickMs, aggregator.endTickMs());
  }

  /**
   * Does the due work: one start or one read at most, and the posting of a second that has ended.
   *
   * @throws InterruptedIOException if the thread was interrupted; the sensor's action may be
   *     incomplete
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
    takeRemark(sample, tickMs);
    if (grid.isWithinSeconds()) {
      aggregator.add(sample, dueTickMs);
    } else {
      board.post(name, sample, sensor.measuredMs(tickMs), sensor.rhythm().fresh());
    }
  }

  /** Clears the faults before this sample, and raises the driver's remark on it if there is one. */
  private void takeRemark(Sample sample, long tickMs) {
    boolean starts = !Collections.disjoint(sample.flags(), WARM_UP);
    String now = starts ? "" : sensor.remark().orElse("");
    if (hasFault && (now.isEmpty() || !now.equals(remark))) {
      hasFault = false;
      backoff.reset();
      faults.clear(place);
    }
    remark = now;
    if (!now.isEmpty()) {
      faults.raise(Subsystem.SENSOR, place, now, tickMs);
      hasFault = true;
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
    remark = "";
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

  /**
   * Returns whether the bus was held; closing the sensor would then hang the bus again, so its next
   * start must cope with its present state.
   */
  private static boolean hangsBus(IOException error) {
    return error instanceof BusException bus && bus.isTimeout();
  }

  private void updateStatus(long lastSampleTickMs, long faults, String lastFault) {
    State state = running ? State.RUNNING : State.WAITING;
    status =
        new SensorStatus(
            name, state, lastSampleTickMs, dueTickMs, faults, lastFault, sensor.identity());
  }
}
