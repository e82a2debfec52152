package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.outbox.Event;
import dev.streetbox.panel.Lamp;
import dev.streetbox.panel.Panel;
import dev.streetbox.panel.SwitchWatch;
import dev.streetbox.publish.PublishedNames;
import dev.streetbox.report.ReportStates;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds what a box has for its reports, outside and within a privacy zone: the intake, the states,
 * the button and the lamp. Made by main's thread; {@link #states} and {@link #lamp} are for every
 * thread.
 */
final class BoxReports {
  private final ReportStates states;
  private final ReportTracker tracker;
  private final ReportIntake intake;
  private final PanelDuties duties;
  private final Lamp lamp;

  /**
   * Makes the objects; takes no line and makes no folder yet.
   *
   * @param onChange is called when states of reports have changed, which are then to be saved
   * @param publication makes what publishes, given the tracker of the published reports
   */
  BoxReports(
      Config config,
      ConfiguredHardware hardware,
      PublishedNames names,
      ReportStates states,
      Runnable onChange,
      Function<ReportTracker, ReportIntake.Publication> publication,
      Time time,
      Faults faults) {
    this.states = states;
    this.tracker = new ReportTracker(names, states, onChange);
    this.intake = new ReportIntake(config, publication.apply(tracker), time, faults);
    this.duties = new PanelDuties(config, hardware, time, faults);
    this.lamp = duties.lamp(states, intake, tracker);
  }

  /** Returns the states of the reports, for the commands of the city. */
  ReportStates states() {
    return states;
  }

  /** Returns the lamp, for a search for this box. */
  Lamp lamp() {
    return lamp;
  }

  /** Returns the tracker, which is to learn of the stages of events. */
  ReportTracker tracker() {
    return tracker;
  }

  /** Returns the duty of button and lamp, if the box has one of them. */
  Optional<Panel> panel() {
    return duties.panel(lamp, intake);
  }

  /** Returns the duty of the lid, if the box has its switch; an open lid becomes an event. */
  Optional<SwitchWatch> lid() {
    return duties.lid(tickMs -> intake.add(tickMs, Event.Kind.TAMPER));
  }

  /** Returns the duty of the power-fail line, if the box has one. */
  Optional<SwitchWatch> supply(Runnable onFail) {
    return duties.supply(tickMs -> onFail.run());
  }

  /** Returns whether a report waits that may not be published yet. */
  boolean isWaiting() {
    return !intake.waiting().isEmpty();
  }

  /** Takes reports of the prompt and applies the stages of earlier ones; about once a second. */
  void cycle(List<ReportFolder.Submission> submissions) {
    intake.cycle(submissions);
    tracker.update();
  }

  /** Writes the lamp's pattern and the reports as fields of the status. */
  void write(JsonGenerator json) throws IOException {
    SharedStatus.writeReports(json, lamp.pattern(), states.list(), intake.waiting());
  }
}
