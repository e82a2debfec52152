package dev.streetbox.doctor;

import dev.streetbox.agent.Version;
import dev.streetbox.bus.Time;
import dev.streetbox.record.DisciplinedClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the time of day is worth before the agent runs: it trusts NTP or a receiver, no more. */
final class ClockCheck {
  private static final String CLOCK = "clock";

  private final KernelFiles kernelFiles;
  private final Time time;

  ClockCheck(KernelFiles kernelFiles, Time time) {
    this.kernelFiles = kernelFiles;
    this.time = time;
  }

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
              "a Pi has no clock of its own, and there is no network and no fix yet",
              "the box under the open sky, or: timedatectl status"));
    }
    return List.of(
        Finding.warn(
            CLOCK,
            now + ", which nobody vouches for",
            "no network time yet; until a fix or NTP every row's time is estimated",
            "timedatectl status"));
  }
}
