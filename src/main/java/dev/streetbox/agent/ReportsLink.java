package dev.streetbox.agent;

import dev.streetbox.panel.Lamp;
import java.time.Duration;
import java.util.Optional;

/**
 * Passes commands to the lamp and to the tracker of reports, which are made after the commands.
 * Safe for every thread.
 */
final class ReportsLink {
  private volatile Optional<Lamp> lamp = Optional.empty();
  private volatile Optional<ReportTracker> tracker = Optional.empty();

  /** Sets lamp and tracker. */
  void connect(Lamp madeLamp, ReportTracker madeTracker) {
    lamp = Optional.of(madeLamp);
    tracker = Optional.of(madeTracker);
  }

  /** Shows the box for a time. */
  void identify(Duration duration) {
    lamp.ifPresent(own -> own.identify(duration));
  }

  /**
   * Makes the states of reports current, because a city may answer a report within milliseconds of
   * its PUBACK.
   */
  void updateStates() {
    tracker.ifPresent(ReportTracker::update);
  }
}
