package dev.streetbox.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Encodes states as plain JSON (contract, "A state"). Safe for every thread. */
final class StateJson {
  private final SharedFields shared;

  StateJson(SharedFields shared) {
    this.shared = shared;
  }

  /**
   * Returns the body of a state.
   *
   * @param state {@code online} or {@code offline}
   * @param details further fields, by name, in their order
   */
  byte[] of(int boot, String state, Map<String, String> details) {
    return bytes(json -> write(json, boot, state, details));
  }

  /**
   * Returns the body of a state with its time.
   *
   * @param tickMs the time of the state, in ticks of the boot
   */
  byte[] of(int boot, String state, Map<String, String> details, Timeline timeline, long tickMs) {
    return bytes(
        json -> {
          write(json, boot, state, details);
          json.writeNumberField("t", timeline.utcMs(tickMs));
          json.writeStringField("tq", timeline.source(tickMs).key());
        });
  }

  private void write(JsonGenerator json, int boot, String state, Map<String, String> details)
      throws IOException {
    shared.writeHead(json, boot);
    json.writeStringField("state", state);
    for (Map.Entry<String, String> field : details.entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
  }

  private static byte[] bytes(JsonText.Content members) {
    return JsonText.object(members).getBytes(StandardCharsets.UTF_8);
  }
}
