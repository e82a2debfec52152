package dev.streetbox.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Depth;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.StoreAccount;
import dev.streetbox.outbox.Verification;
import java.io.IOException;
import java.nio.file.Path;

/** Formats the store's content for programs: one JSON object on one line. */
final class OutboxJson {
  private OutboxJson() {}

  /** Returns the sizes, and the depth of each boot. */
  static String of(Path dataDir, Depth depth) {
    return JsonText.object(
            json -> {
              json.writeStringField("data_dir", dataDir.toString());
              json.writeNumberField("file_bytes", depth.fileBytes());
              json.writeNumberField("log_bytes", depth.logBytes());
              json.writeNumberField("events", depth.events());
              json.writeArrayFieldStart("boots");
              for (Depth.OfBoot boot : depth.boots()) {
                write(json, boot);
              }
              json.writeEndArray();
            })
        + "\n";
  }

  private static void write(JsonGenerator json, Depth.OfBoot boot) throws IOException {
    json.writeStartObject();
    json.writeNumberField("boot", boot.boot());
    json.writeBooleanField("open", boot.open());
    json.writeNumberField("stored", boot.stored());
    json.writeNumberField("unacknowledged", boot.unacknowledged());
    json.writeNumberField("unsampled", boot.unsampled());
    if (boot.oldestMs().isPresent()) {
      json.writeNumberField("oldest_t", boot.oldestMs().getAsLong());
    }
    json.writeEndObject();
  }

  /** Returns the account; ranges are {@code [first,last]}, of dropped rows with the reason. */
  static String of(Verification verification) {
    return JsonText.object(
            json -> {
              json.writeBooleanField("sound", verification.isSound());
              json.writeArrayFieldStart("damage");
              for (String finding : verification.corruption()) {
                json.writeString(finding);
              }
              json.writeEndArray();
              json.writeArrayFieldStart("boots");
              for (StoreAccount storeAccount : verification.accounts()) {
                write(json, storeAccount, verification);
              }
              json.writeEndArray();
              json.writeArrayFieldStart("open");
              for (int boot : verification.open()) {
                json.writeNumber(boot);
              }
              json.writeEndArray();
            })
        + "\n";
  }

  private static void write(
      JsonGenerator json, StoreAccount storeAccount, Verification verification) throws IOException {
    json.writeStartObject();
    json.writeNumberField("boot", storeAccount.boot());
    json.writeNumberField("sampled", storeAccount.sampled());
    json.writeNumberField("stored", storeAccount.stored());
    json.writeNumberField("acknowledged", storeAccount.acknowledged());
    json.writeArrayFieldStart("dropped");
    for (Drop drop : storeAccount.drops()) {
      startRange(json, drop.range());
      json.writeString(drop.reason().key());
      json.writeEndArray();
    }
    json.writeEndArray();
    if (storeAccount.lostFrom().isPresent()) {
      json.writeNumberField("lost_from", storeAccount.lostFrom().getAsLong());
    }
    json.writeArrayFieldStart("unexplained");
    for (Range range : verification.unexplained()) {
      if (range.boot() == storeAccount.boot()) {
        startRange(json, range);
        json.writeEndArray();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void startRange(JsonGenerator json, Range range) throws IOException {
    json.writeStartArray();
    json.writeNumber(range.first());
    json.writeNumber(range.last());
  }
}
