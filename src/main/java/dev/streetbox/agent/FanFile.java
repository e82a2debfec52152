package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.driver.FanLog;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.outbox.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fan's running time since its last cleaning, in seconds, alone in a small file in the data
 * folder; and the duty that writes it. A power cut costs the running time of the last minutes.
 *
 * <p>The part's thread calls {@link #runs}, {@link #isDue} and {@link #cleaned}, the duty's own
 * {@link #cycle} and {@link #close}.
 */
final class FanFile implements FanLog, KeptFile {
  /** Spares the card; a week does not need it more exactly. */
  static final Duration WRITE_EVERY = Duration.ofMinutes(10);

  private final Path file;
  private final Time time;
  private final Faults faults;
  private final AtomicLong ranMs = new AtomicLong();
  private long writtenS;
  private boolean read;

  /**
   * Reads nothing yet.
   *
   * @param file absent at first
   */
  FanFile(Path file, Time time, Faults faults) {
    this.file = file;
    this.time = time;
    this.faults = faults;
  }

  @Override
  public String name() {
    return file.getFileName().toString();
  }

  @Override
  public void runs(Duration more) {
    ranMs.addAndGet(more.toMillis());
  }

  @Override
  public boolean isDue() {
    return ranMs.get() >= CLEAN_AFTER.toMillis();
  }

  @Override
  public void cleaned() {
    ranMs.set(0);
  }

  @Override
  public Duration cycle() {
    if (read) {
      write();
    } else {
      read = true;
      read();
    }
    return WRITE_EVERY;
  }

  @Override
  public void close() {
    if (read) {
      write();
    }
  }

  private void read() {
    try {
      writtenS = Long.parseLong(Files.readString(file).strip());
      ranMs.addAndGet(writtenS * 1_000);
    } catch (NoSuchFileException e) {
      // As it should be at the first start.
    } catch (IOException | NumberFormatException e) {
      faults.raise(
          Subsystem.STORE,
          name(),
          "cannot be read, counting anew: " + e.getMessage(),
          time.tickMs());
    }
  }

  private void write() {
    long ranS = ranMs.get() / 1_000;
    if (ranS == writtenS) {
      return;
    }
    try {
      PrivateFiles.replace(file, ranS + "\n");
      writtenS = ranS;
      faults.clear(name());
    } catch (IOException e) {
      faults.raise(Subsystem.STORE, name(), "cannot be written: " + e.getMessage(), time.tickMs());
    }
  }
}
