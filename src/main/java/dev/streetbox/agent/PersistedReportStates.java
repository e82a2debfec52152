package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.report.ReportStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  static void readOnce(Path dataDir, ReportStates states) {
    try {
      new PersistedReportStates(states).restore(Files.readString(dataDir.resolve(FILE)));
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
        : Optional.of(JsonText.of(json -> write(json, states.content())) + "\n");
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        json.writeFieldName(member.getKey().toString());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      json.writeObject(value);
    }
  }
}
