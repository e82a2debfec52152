package dev.streetbox.publish;

import dev.streetbox.measure.JsonText;
import java.nio.charset.StandardCharsets;

/** Encodes {@code about} and {@code diag} as plain JSON. Safe for every thread. */
final class DocumentJson {
  private final SharedFields shared;

  DocumentJson(SharedFields shared) {
    this.shared = shared;
  }

  /** Returns the body of a document: the head of the boot, and the members that follow. */
  byte[] of(int boot, JsonText.Content members) {
    return JsonText.object(
            json -> {
              shared.writeHead(json, boot);
              members.write(json);
            })
        .getBytes(StandardCharsets.UTF_8);
  }
}
