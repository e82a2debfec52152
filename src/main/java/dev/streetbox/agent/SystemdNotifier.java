package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells systemd how the box is: that it is ready, that it is alive, that it stops. Does nothing
 * where {@code NOTIFY_SOCKET} is not set. Never waits, and a systemd that does not listen is a
 * fault and no more: at worst the box is restarted.
 *
 * <p>That socket is a Unix datagram socket, which Java cannot open: its channels know only Unix
 * streams. So systemd's own {@code systemd-notify} says it, one short process each time. It stays
 * until systemd has understood, which needs to see the process alive to know whose it is.
 *
 * <p>What its unit, {@code deploy/streetbox.service}, does for it:
 *
 * <pre>
 * [Service]
 * Type=notify
 * # the message comes from a child of the main process
 * NotifyAccess=all
 * # spoken to twice in this time; longer than a slow card keeps main from writing its status
 * WatchdogSec=60
 * Restart=always
 * </pre>
 *
 * <p>A duty that is stuck ends the process with {@link ExitCode#BUG} by itself. The watchdog is for
 * what nobody in the process can see: main itself stuck, or the JVM. Used by main's thread only.
 */
final class SystemdNotifier {
  private static final String SOCKET = "NOTIFY_SOCKET";

  /** systemd's limit, in microseconds (sd_watchdog_enabled(3)): it wants to hear twice in it. */
  private static final String LIMIT = "WATCHDOG_USEC";

  private static final String PLACE = "systemd";

  private final Optional<String> socket;
  private final Optional<Duration> period;
  private final Time time;
  private final Faults faults;
  private Optional<Process> speaking = Optional.empty();
  private long dueTickMs;

  /**
   * Has said nothing yet.
   *
   * @param environment what systemd gave the process
   * @param time real time, which systemd counts in
   */
  SystemdNotifier(Map<String, String> environment, Time time, Faults faults) {
    this.socket = Optional.ofNullable(environment.get(SOCKET)).filter(path -> !path.isEmpty());
    this.period =
        Optional.ofNullable(environment.get(LIMIT))
            .filter(limit -> limit.matches("[1-9]\\d{0,17}"))
            .map(limit -> Duration.ofNanos(Long.parseLong(limit) / 2 * 1_000));
    this.time = time;
    this.faults = faults;
  }

  /** The box runs: all duties are started. */
  void ready() {
    say("READY=1");
    scheduleNext();
  }

  /** Not sooner, or the message before it would be given up while systemd reads it. */
  private void scheduleNext() {
    dueTickMs = time.tickMs() + period.orElse(Duration.ZERO).toMillis();
  }

  /** All duties cycle; to be called every second or so while that is true, and not otherwise. */
  void alive() {
    look();
    if (period.isPresent() && time.tickMs() >= dueTickMs) {
      giveUp();
      say("WATCHDOG=1");
      scheduleNext();
    }
  }

  /** The box was asked to stop, and does. */
  void stopping() {
    say("STOPPING=1");
  }

  private void say(String state) {
    if (socket.isEmpty()) {
      return;
    }
    try {
      ProcessBuilder command = new ProcessBuilder(List.of("systemd-notify", state));
      command.environment().put(SOCKET, socket.get());
      speaking = Optional.of(command.redirectErrorStream(true).start());
    } catch (IOException e) {
      raise("cannot be told: " + e.getMessage() + ". Try: which systemd-notify");
    }
  }

  /** What became of the last message, once that is known. */
  private void look() {
    if (speaking.isEmpty() || speaking.get().isAlive()) {
      return;
    }
    Process spoken = speaking.get();
    speaking = Optional.empty();
    if (spoken.exitValue() == 0) {
      faults.clear(PLACE);
      return;
    }
    try {
      String complaint =
          new String(spoken.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      raise("does not listen: " + complaint + ". Try: systemctl cat streetbox");
    } catch (IOException e) {
      raise("does not listen. Try: systemctl cat streetbox");
    }
  }

  /** Ends a message that systemd has not taken until the next one is due. */
  private void giveUp() {
    if (speaking.isPresent() && speaking.get().isAlive()) {
      speaking.get().destroy();
      raise("does not take messages: it is overloaded or hangs. Try: systemctl status");
    }
  }

  private void raise(String trouble) {
    faults.raise(Subsystem.AGENT, PLACE, trouble, time.tickMs());
  }
}
