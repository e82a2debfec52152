package dev.streetbox.cli;

import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Sample;
import dev.streetbox.screen.Reading;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Takes the readings of one part on the {@link PartsBench} at the part's own period. Used by one
 * thread.
 */
final class Readings {
  /** Limits the wait for a reading (ms); the agent has the same limit. */
  private static final long MAX_SILENCE_MS = 30_000;

  private final PartsBench.Place place;
  private final Time time;

  Readings(PartsBench.Place place, Time time) {
    this.place = place;
    this.time = time;
  }

  /**
   * Starts the part, takes a number of readings and closes the part.
   *
   * @param printer takes each reading
   * @param errorPrinter takes the part's name and why there are no more readings
   * @return false if the part gave fewer readings
   * @throws InterruptedIOException if the thread was interrupted
   */
  boolean take(int count, Consumer<Reading> printer, BiConsumer<String, String> errorPrinter)
      throws InterruptedIOException {
    Sensor sensor = place.sensor();
    try {
      sensor.start();
      for (int taken = 0; taken < count; taken++) {
        printer.accept(new Reading(place.settings().name(), next(sensor)));
      }
      return true;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      errorPrinter.accept(place.settings().name(), e.getMessage());
      return false;
    } finally {
      sensor.close();
    }
  }

  private Sample next(Sensor sensor) throws IOException {
    long limitMs = time.tickMs() + MAX_SILENCE_MS;
    while (time.tickMs() < limitMs) {
      awaitPeriod(sensor);
      Sample sample = sensor.read();
      if (!sample.isEmpty()) {
        return sample;
      }
    }
    throw new IOException(
        "silent for %d s: check the part's cable and power. Try: streetbox doctor"
            .formatted(MAX_SILENCE_MS / 1_000));
  }

  /** Waits for the part's period; a part with the period zero waits in its read. */
  private void awaitPeriod(Sensor sensor) throws InterruptedIOException {
    Duration period = sensor.rhythm().period();
    if (!period.isZero()) {
      time.sleep(period);
    }
  }
}
