package dev.streetbox.record;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The system clock, while something disciplines it. systemd-timesyncd says so by a file on tmpfs
 * (systemd-timesyncd.service(8), "synchronized"), so that the word of an earlier boot never counts.
 */
public final class DisciplinedClock {
  private static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");

  private final Path marker;
  private final Time time;

  /** The clock of this machine. */
  public DisciplinedClock(Time time) {
    this(SYNCHRONIZED, time);
  }

  DisciplinedClock(Path marker, Time time) {
    this.marker = marker;
    this.time = time;
  }

  /** What the clock says, if it is disciplined. */
  Optional<ClockReading> read() {
    if (!Files.exists(marker)) {
      return Optional.empty();
    }
    return Optional.of(
        new ClockReading(time.tickMs(), time.systemClock().toEpochMilli(), TimeSource.NTP));
  }
}
