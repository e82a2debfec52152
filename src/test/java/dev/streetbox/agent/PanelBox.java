package dev.streetbox.agent;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.outbox.Event;
import dev.streetbox.panel.Panel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Drives a box with a simulated button and lamp in simulated time, without threads: the panel waits
 * for edges, and a report that it publishes is committed by the committer's next cycle.
 */
final class PanelBox {
  private static final String SENSOR =
      "[[sensor]]\nname = \"air\"\ndriver = \"sht4x\"\nbus = \"sim\"\n";

  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final WiredBox wired;
  private final BoxReports reports;
  private final Panel panel;

  /**
   * @param inZone whether the boot only sends reports from within a privacy zone
   * @param scenario presses the button
   */
  PanelBox(Path folder, boolean inZone, String scenario) throws Exception {
    Config config = KnownDrivers.simulatedText(SENSOR, scenario, folder);
    wired =
        WiredBox.wire(config, time, time, time, new TimedDisk(TimedDisk.PATIENCE), faults, inZone);
    reports =
        new BoxReports(
            config,
            wired.hardware(),
            wired.names(),
            wired.reportStates(),
            wired.commands()::requestSave,
            tracker ->
                new OutboxPublication(
                    wired.recorder(),
                    wired.outbox(),
                    tracker,
                    () -> wired.committer().cycle(),
                    inZone,
                    time),
            time,
            faults);
    wired.outbox().onEvent(reports.tracker());
    wired.reportsLink().connect(reports.lamp(), reports.tracker());
    panel = reports.panel().orElseThrow();
    wired.committer().cycle(); // makes the store
  }

  WiredBox wired() {
    return wired;
  }

  BoxReports reports() {
    return reports;
  }

  long tickMs() {
    return time.tickMs();
  }

  /** Lets the panel work until a tick. */
  void panelUntil(long tickMs) throws InterruptedIOException {
    while (time.tickMs() < tickMs) {
      panel.cycle();
    }
  }

  /** Lets the panel work until a report is published, and returns it. */
  Event panelUntilReport() throws IOException {
    Optional<Event> event = wired.outbox().nextEvent(List.of());
    while (event.isEmpty()) {
      panel.cycle();
      event = wired.outbox().nextEvent(List.of());
    }
    return event.get();
  }

  /** Returns the status as a reader gets it. */
  JsonTree status() throws IOException {
    return JsonTree.parse(JsonText.object(new StatusJson(wired, reports, time, faults)::write));
  }
}
