package dev.streetbox.publish;

import dev.streetbox.measure.JsonText;
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
    return JsonText.object(
            json -> {
              shared.writeHead(json, boot);
              json.writeStringField("state", state);
              for (Map.Entry<String, String> field : details.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
              }
            })
        .getBytes(StandardCharsets.UTF_8);
  }
}
