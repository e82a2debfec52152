package dev.streetbox.doctor;

import dev.streetbox.agent.Version;
import dev.streetbox.bus.KernelFiles;
import dev.streetbox.bus.Time;
import dev.streetbox.record.DisciplinedClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Checks whether NTP keeps the system clock, since the agent trusts only NTP and GNSS. */
final class ClockCheck {
  private static final String CLOCK = "clock";

  private final KernelFiles kernelFiles;
  private final Time time;

  ClockCheck(KernelFiles kernelFiles, Time time) {
    this.kernelFiles = kernelFiles;
    this.time = time;
  }

  /** Reads the clock once. */
  List<Finding> findings() {
    Instant now = time.systemClock().truncatedTo(ChronoUnit.SECONDS);
    if (DisciplinedClock.isDisciplined(kernelFiles.root())) {
      return List.of(Finding.pass(CLOCK, now + ", kept by NTP"));
    }
    if (now.isBefore(Version.current().built())) {
      return List.of(
          Finding.fail(
              CLOCK,
              now + ", which is before this program was built",
              "a Pi has no battery-backed clock, and there was no network time yet",
              "put the box under the open sky, or: timedatectl status"));
    }
    return List.of(
        Finding.warn(
            CLOCK,
            now + ", not confirmed by NTP",
            "no network time yet; until a fix or NTP every row's time is estimated",
            "timedatectl status"));
  }
}
