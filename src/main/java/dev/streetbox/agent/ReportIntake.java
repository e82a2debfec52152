package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.outbox.Event;
import dev.streetbox.panel.Gesture;
import dev.streetbox.panel.Meaning;
import dev.streetbox.panel.PanelSettings;
import dev.streetbox.panel.PressRecognizer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes hazard reports from the prompt and the button, and odours from the button, outside and
 * within a privacy zone; keeps them until they may be published. Safe for every thread: the panel's
 * calls {@link #onPress}, main's the others.
 */
final class ReportIntake {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** Publishes reports, or not. */
  interface Publication {
    /** Returns the tick up to which reports may be published; negative if none may. */
    long publishableMs();

    /** Publishes a report, which then is on its way to the disk. */
    void publish(HeldReports.Report report);

    /**
     * Takes the last published report back.
     *
     * @param sinceMs the tick from which on a report can be taken back
     * @param tickMs when the courier took it back
     * @return whether there was one
     */
    boolean cancel(long sinceMs, long tickMs);

    /** Returns whether an odour may become an event: not within a privacy zone. */
    boolean takesOdours();
  }

  private final PanelSettings settings;
  private final HeldReports held;
  private final Publication publication;
  private final Time time;

  ReportIntake(Config config, Publication publication, Time time, Faults faults) {
    this.settings = config.panel();
    this.held = new HeldReports(config.store().dataDir(), time, faults);
    this.publication = publication;
    this.time = time;
  }

  /** Takes the prompt's reports and publishes what may be published; about once a second. */
  synchronized void cycle(List<ReportFolder.Submission> submissions) {
    for (ReportFolder.Submission submission : submissions) {
      held.add(
          new HeldReports.Report(
              time.tickMs(), Event.Kind.REPORT, submission.text(), submission.reference()));
      LOG.info("a hazard was reported");
    }
    publish();
  }

  /**
   * Takes a gesture.
   *
   * @return whether the lamp is to show that something other than a report was noted
   */
  synchronized boolean onPress(PressRecognizer.Press press) {
    if (press.gesture() == Gesture.HOLD) {
      return cancel(press.tickMs());
    }
    Meaning meaning = press.gesture() == Gesture.PRESS ? settings.press() : settings.doublePress();
    return switch (meaning) {
      case REPORT -> {
        LOG.info("a hazard was reported by the button");
        add(press.tickMs(), Event.Kind.REPORT);
        yield false;
      }
      case ODOUR -> {
        boolean isTaken = publication.takesOdours();
        if (isTaken) {
          add(press.tickMs(), Event.Kind.ODOUR);
        }
        yield isTaken;
      }
      case NONE -> false;
    };
  }

  /** Takes an event of another kind, as an open lid; not within a privacy zone. */
  synchronized void add(long tickMs, Event.Kind kind) {
    held.add(new HeldReports.Report(Math.max(1, tickMs), kind, "", ""));
    publish();
  }

  private boolean cancel(long tickMs) {
    long sinceMs = tickMs - settings.cancelWithin().toMillis();
    boolean isCancelled = held.removeNewest(sinceMs) || publication.cancel(sinceMs, tickMs);
    if (isCancelled) {
      LOG.info("the last report was taken back");
      publish();
    }
    return isCancelled;
  }

  private void publish() {
    held.takeUntil(publication.publishableMs()).forEach(publication::publish);
    held.save();
  }

  /** Returns the hazard reports that wait, the oldest first. */
  synchronized List<HeldReports.Report> waiting() {
    return held.hazards();
  }
}
