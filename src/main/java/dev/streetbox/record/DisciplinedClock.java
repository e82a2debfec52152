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
 * The duty that offers the system clock to the keeper while a daemon disciplines it. The kernel
 * knows (adjtimex(2), STA_UNSYNC), but tells nobody without native code; so the daemons are asked:
 *
 * <ul>
 *   <li>systemd-timesyncd leaves a file on tmpfs once it has set the clock (its manual, section
 *       Files), so that the word of an earlier boot of the machine never counts;
 *   <li>chronyd and ntpd answer a question, see {@link ClockDaemon}.
 * </ul>
 *
 * <p>Used by its own thread only: an answer may take a while.
 */
public final class DisciplinedClock {
  private static final Path TIMESYNCD = Path.of("/run/systemd/timesync/synchronized");
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** How often to ask while the clock is not disciplined. */
  static final long ASK_MS = 10_000;

  /** And once it is. */
  static final long ASK_AGAIN_MS = 300_000;

  /** Asks a daemon on a port of this machine. */
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

  /** The clock of this machine. */
  public DisciplinedClock(TimeKeeper keeper, Time time) {
    this(TIMESYNCD, ask(), keeper, time);
  }

  DisciplinedClock(Path timesyncd, DaemonQuery query, TimeKeeper keeper, Time time) {
    this.timesyncd = timesyncd;
    this.query = query;
    this.keeper = keeper;
    this.time = time;
  }

  /** Offers the clock, if it is disciplined; returns how long to rest. */
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
   * Whether the system clock of this machine is disciplined now, for somebody who asks once; takes
   * a second at most.
   *
   * @param root the file system's root, below which timesyncd leaves its file
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
      return false; // It does not run here.
    }
  }
}
