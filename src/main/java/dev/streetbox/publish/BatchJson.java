package dev.streetbox.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.compact.CompactEncoder;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.JsonText;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Drop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Encodes batches (contract, "A batch"). Safe for every thread. */
final class BatchJson {
  private final SharedFields shared;
  private final Encoding encoding;

  BatchJson(SharedFields shared, Encoding encoding) {
    this.shared = shared;
    this.encoding = encoding;
  }

  /** Returns the body of a batch. */
  byte[] of(Batch batch) {
    byte[] json = JsonText.object(out -> write(out, batch)).getBytes(StandardCharsets.UTF_8);
    return switch (encoding) {
      case JSON -> json;
      case JSON_GZIP -> gzip(json);
      case COMPACT -> compact(json);
    };
  }

  /** Returns the MQTT 5 content type of the bodies. */
  String contentType() {
    return encoding.contentType();
  }

  private void write(JsonGenerator json, Batch batch) throws IOException {
    shared.writeHead(json, batch.range().boot());
    json.writeNumberField("first", batch.range().first());
    json.writeNumberField("last", batch.range().last());
    shared.writeCalibration(json, batch.range().boot());
    if (!batch.rows().isEmpty()) {
      shared.writeStart(json, batch.timeline(), batch.rows().get(0).tickMs());
    }
    shared.writeRows(json, batch.rows(), batch.timeline());
    if (!batch.drops().isEmpty()) {
      writeDrops(json, batch.drops());
    }
  }

  private static void writeDrops(JsonGenerator json, List<Drop> drops) throws IOException {
    json.writeArrayFieldStart("drops");
    for (Drop drop : drops) {
      json.writeStartArray();
      json.writeNumber(drop.range().first());
      json.writeNumber(drop.range().last());
      json.writeString(drop.reason().key());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static byte[] compact(byte[] json) {
    try {
      return CompactEncoder.encode(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own batch can be encoded", e);
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory never throws", e);
    }
    return bytes.toByteArray();
  }
}
