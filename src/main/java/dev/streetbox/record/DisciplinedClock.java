package dev.streetbox.record;

import dev.streetbox.bus.Loopback;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.ClockReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Offers the system clock to the time keeper while a daemon disciplines that clock. The kernel's
 * flag (adjtimex(2), STA_UNSYNC) can be read by native code only, so the daemons are queried:
 *
 * <ul>
 *   <li>systemd-timesyncd creates a file on tmpfs once it has set the clock (its manual, section
 *       Files); tmpfs is empty after a boot, so the file is never that of an earlier boot;
 *   <li>chronyd and ntpd answer a query over UDP, see {@link ClockDaemon}.
 * </ul>
 *
 * <p>Used by its own thread only, because an answer may take half a second.
 */
public final class DisciplinedClock {
  private static final Path TIMESYNCD = Path.of("/run/systemd/timesync/synchronized");
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Milliseconds between queries while the clock is not disciplined. */
  static final long ASK_MS = 10_000;

  /** Milliseconds between queries while the clock is disciplined. */
  static final long ASK_AGAIN_MS = 300_000;

  /** Sends a query to a daemon of this machine, and returns the answer. */
  @FunctionalInterface
  interface DaemonQuery {
    byte[] ask(int port, byte[] question) throws IOException;
  }

  private final Path timesyncd;
  private final DaemonQuery query;
  private final TimeKeeper keeper;
  private final Time time;
  private boolean disciplined;
  private long askMs;

  /** Watches the clock of this machine; sends no query yet. */
  public DisciplinedClock(TimeKeeper keeper, Time time) {
    this(TIMESYNCD, ask(), keeper, time);
  }

  DisciplinedClock(Path timesyncd, DaemonQuery query, TimeKeeper keeper, Time time) {
    this.timesyncd = timesyncd;
    this.query = query;
    this.keeper = keeper;
    this.time = time;
  }

  /** Offers the system clock if it is disciplined; returns how long to rest. */
  public Duration cycle() {
    if (time.tickMs() >= askMs) {
      disciplined =
          Files.exists(timesyncd) || Arrays.stream(ClockDaemon.values()).anyMatch(this::affirms);
      askMs = time.tickMs() + (disciplined ? ASK_AGAIN_MS : ASK_MS);
    }
    if (disciplined) {
      keeper.offer(ClockReading.ntp(time.tickMs(), time.systemClock().toEpochMilli()));
    }
    return PERIOD;
  }

  /**
   * Returns whether a daemon disciplines the system clock of this machine now; takes at most a
   * second.
   *
   * @param root the file system's root, below which timesyncd creates its file
   */
  public static boolean isDisciplined(Path root) {
    return Files.exists(root.resolve(TIMESYNCD.toString().substring(1)))
        || Arrays.stream(ClockDaemon.values()).anyMatch(daemon -> affirms(daemon, ask()));
  }

  private static DaemonQuery ask() {
    return (port, question) -> Loopback.ask(port, question, LIMIT);
  }

  private boolean affirms(ClockDaemon daemon) {
    return affirms(daemon, query);
  }

  private static boolean affirms(ClockDaemon daemon, DaemonQuery query) {
    try {
      return daemon.disciplines(query.ask(daemon.port(), daemon.question()));
    } catch (IOException e) {
      return false; // The daemon does not run here.
    }
  }
}
