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

/** The readings of one part on the {@link PartsBench}, taken in its own rhythm. For one thread. */
final class Readings {
  /** A part that says nothing for so long is lost, as for the agent. */
  private static final long MAX_SILENCE_MS = 30_000;

  private final PartsBench.Place place;
  private final Time time;

  Readings(PartsBench.Place place, Time time) {
    this.place = place;
    this.time = time;
  }

  /**
   * Starts the part, reads it that often and closes it.
   *
   * @param printer takes each reading
   * @param trouble hears the part's name and why it gives no more
   * @return whether it gave so many
   * @throws InterruptedIOException if the thread was interrupted
   */
  boolean take(int count, Consumer<Reading> printer, BiConsumer<String, String> trouble)
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
      trouble.accept(place.settings().name(), e.getMessage());
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
        "silent for %d s: check its cable and its power. Try: streetbox doctor"
            .formatted(MAX_SILENCE_MS / 1_000));
  }

  /** A part whose period is zero waits by itself. */
  private void awaitPeriod(Sensor sensor) throws InterruptedIOException {
    Duration period = sensor.rhythm().period();
    if (!period.isZero()) {
      time.sleep(period);
    }
  }
}
