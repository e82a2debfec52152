package dev.streetbox.agent;

import dev.streetbox.command.JsonValue;
import dev.streetbox.datadir.Disk;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.report.ReportStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Keeps the states of reports across restarts, in file {@code reports-states}. */
final class PersistedReportStates implements PersistedState.Content {
  static final String FILE = "reports-states";
  static final Duration WRITE_EVERY = Duration.ofSeconds(2);

  private final ReportStates states;

  PersistedReportStates(ReportStates states) {
    this.states = states;
  }

  /** Reads the file once, for a box that is dark; leaves the states empty if it cannot be read. */
  static void readOnce(Path dataDir, Disk disk, ReportStates states) {
    try {
      String text = disk.call(() -> Files.readString(dataDir.resolve(FILE)));
      new PersistedReportStates(states).restore(text);
    } catch (IOException e) {
      // The next boot outside the zones reads the file again, and raises the fault.
    }
  }

  @Override
  public String effectOfMissingFile() {
    return "the states of earlier reports are not shown";
  }

  @Override
  public void restore(String text) throws TextFormatException {
    states.restore(JsonTree.parse(text));
  }

  @Override
  public Optional<String> text() {
    return states.list().isEmpty()
        ? Optional.empty()
        : Optional.of(JsonText.of(json -> JsonValue.write(json, states.content())) + "\n");
  }
}
