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
 * Notifies systemd of the box's state: ready, alive, stopping (sd_notify(3)). Does nothing if
 * {@code NOTIFY_SOCKET} is not set. Never waits; a message that systemd does not take becomes a
 * fault, and at worst systemd restarts the box.
 *
 * <p>That socket is a Unix datagram socket, which Java cannot open because its channels support
 * only Unix streams. So systemd's own {@code systemd-notify} sends each message, as a short
 * process. The process runs until systemd has read the message, because systemd attributes a
 * message to a unit by its sender's living process.
 *
 * <p>The unit {@code deploy/streetbox.service} needs:
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
 * <p>A stuck duty ends the process with {@link ExitCode#BUG} without systemd. The watchdog covers
 * what the process cannot detect: a stuck main thread, or a stuck JVM. Used by main's thread only.
 */
final class SystemdNotifier {
  private static final String SOCKET = "NOTIFY_SOCKET";

  /**
   * The variable with systemd's limit, in microseconds (sd_watchdog_enabled(3)); a message is due
   * every half of it.
   */
  private static final String LIMIT = "WATCHDOG_USEC";

  private static final String PLACE = "systemd";

  private final Optional<String> socket;
  private final Optional<Duration> period;
  private final Time time;
  private final Faults faults;
  private Optional<Process> sending = Optional.empty();
  private long dueTickMs;

  /**
   * Sends nothing yet.
   *
   * @param environment the process's environment variables
   * @param time real time, because systemd's limit is in real time
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

  /** Declares the box ready: all duties are started. */
  void ready() {
    send("READY=1");
    scheduleNext();
  }

  /**
   * Sets the next message's time to half of the limit after this one, so that systemd has time to
   * read this one before it is abandoned.
   */
  private void scheduleNext() {
    dueTickMs = time.tickMs() + period.orElse(Duration.ZERO).toMillis();
  }

  /**
   * Declares the box alive; to be called about once a second while all duties cycle, and not
   * otherwise.
   */
  void alive() {
    checkSent();
    if (period.isPresent() && time.tickMs() >= dueTickMs) {
      abandonSending();
      send("WATCHDOG=1");
      scheduleNext();
    }
  }

  /** Declares that the box is stopping. */
  void stopping() {
    send("STOPPING=1");
  }

  private void send(String state) {
    if (socket.isEmpty()) {
      return;
    }
    try {
      ProcessBuilder command = new ProcessBuilder(List.of("systemd-notify", state));
      command.environment().put(SOCKET, socket.get());
      sending = Optional.of(command.redirectErrorStream(true).start());
    } catch (IOException e) {
      raise("cannot be notified: " + e.getMessage() + ". Try: which systemd-notify");
    }
  }

  /** Returns whether the end of the last message's process was not noticed yet. */
  boolean isSending() {
    return sending.isPresent();
  }

  /** Checks the last message's process once it has ended, and raises or clears the fault. */
  private void checkSent() {
    if (sending.isEmpty() || sending.get().isAlive()) {
      return;
    }
    Process ended = sending.get();
    sending = Optional.empty();
    if (ended.exitValue() == 0) {
      faults.clear(PLACE);
      return;
    }
    try {
      String output =
          new String(ended.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      raise("refused the message: " + output + ". Try: systemctl cat streetbox");
    } catch (IOException e) {
      raise("refused the message. Try: systemctl cat streetbox");
    }
  }

  /**
   * Ends the last message's process if systemd has not taken the message until the next one is due.
   */
  private void abandonSending() {
    if (sending.isPresent() && sending.get().isAlive()) {
      sending.get().destroy();
      raise("does not take messages: it is overloaded or hangs. Try: systemctl status");
    }
  }

  private void raise(String text) {
    faults.raise(Subsystem.AGENT, PLACE, text, time.tickMs());
  }
}
