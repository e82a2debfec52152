package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.panel.Lamp;
import dev.streetbox.panel.LampPattern;
import dev.streetbox.panel.LineSettings;
import dev.streetbox.panel.Panel;
import dev.streetbox.panel.SwitchWatch;
import dev.streetbox.report.ReportStates;
import java.time.Duration;
import java.util.Optional;

/** Makes the duties of the GPIO lines: button and lamp, lid, supply. Used by one thread. */
final class PanelDuties {
  /** A lid is open for so long before it counts, because lids rattle. */
  private static final Duration LID_SETTLES = Duration.ofMillis(500);

  private final Config config;
  private final ConfiguredHardware hardware;
  private final Time time;
  private final Faults faults;

  PanelDuties(Config config, ConfiguredHardware hardware, Time time, Faults faults) {
    this.config = config;
    this.hardware = hardware;
    this.time = time;
    this.faults = faults;
  }

  /** Makes the lamp that shows the newest report's state, else an active fault. */
  Lamp lamp(ReportStates states, ReportIntake intake, ReportTracker tracker) {
    return new Lamp(
        () -> {
          if (!intake.waiting().isEmpty() || tracker.isWaiting()) {
            return LampPattern.KEPT;
          }
          return states.shown().map(LampPattern::of).orElseGet(this::ofFaults);
        },
        time::tickMs);
  }

  private LampPattern ofFaults() {
    return faults.isAnyActive() ? LampPattern.FAULT : LampPattern.OFF;
  }

  /** Makes the duty of button and lamp; empty if the box has neither. */
  Optional<Panel> panel(Lamp lamp, ReportIntake intake) {
    LineSettings lines = config.panel().lines();
    if (lines.button().isEmpty() && lines.lamp().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Panel(
            lines.button().stream().mapToObj(hardware::gpioInput).findFirst(),
            lines.lamp().stream().mapToObj(hardware::gpioOutput).findFirst(),
            config.panel().times(),
            lamp,
            intake::onPress,
            time,
            faults));
  }

  /** Makes the duty of the lid's switch, whose line is high while the lid is open. */
  Optional<SwitchWatch> lid(SwitchWatch.AlarmListener onOpen) {
    return config.panel().lines().lid().stream()
        .mapToObj(hardware::gpioInput)
        .map(line -> new SwitchWatch(line, "lid", true, LID_SETTLES, onOpen, time, faults))
        .findFirst();
  }

  /** Makes the duty of the power-fail line, which is low when the supply fails. */
  Optional<SwitchWatch> supply(SwitchWatch.AlarmListener onFail) {
    return config.panel().lines().supply().stream()
        .mapToObj(hardware::gpioInput)
        .map(line -> new SwitchWatch(line, "supply", false, Duration.ZERO, onFail, time, faults))
        .findFirst();
  }
}
