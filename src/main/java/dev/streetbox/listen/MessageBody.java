package dev.streetbox.listen;

import dev.streetbox.compact.CompactDecoder;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Decodes a message's payload to JSON. */
public final class MessageBody {
  /** Limits a body after decompression: about ten times what a box sends. */
  static final int LIMIT_BYTES = 512_000;

  private MessageBody() {}

  /**
   * Returns the JSON of a message.
   *
   * @throws IOException if the content type is unknown, the payload does not match it, or the body
   *     is above the limit
   */
  public static byte[] of(Message message) throws IOException {
    byte[] payload = message.payload();
    if (isOf(message, Encoding.JSON_GZIP, 0x1f)) {
      return unzipped(payload);
    }
    if (isOf(message, Encoding.COMPACT, 0x78)) {
      return CompactDecoder.decode(payload, LIMIT_BYTES);
    }
    if (message.contentType().equals(Encoding.JSON.contentType())
        || message.contentType().isEmpty()) {
      if (payload.length > LIMIT_BYTES) {
        throw new MalformedMessageException("more than " + LIMIT_BYTES + " bytes");
      }
      return payload;
    }
    throw new MalformedMessageException("the content type is unknown");
  }

  /**
   * Returns whether a message has an encoding: by its content type or, because some bridges drop
   * the content type, by the first byte.
   */
  private static boolean isOf(Message message, Encoding encoding, int firstByte) {
    byte[] payload = message.payload();
    return message.contentType().equals(encoding.contentType())
        || (message.contentType().isEmpty() && payload.length > 0 && payload[0] == firstByte);
  }

  private static byte[] unzipped(byte[] payload) throws IOException {
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(payload))) {
      byte[] body = plain.readNBytes(LIMIT_BYTES);
      if (plain.read() >= 0) {
        throw new MalformedMessageException(
            "more than " + LIMIT_BYTES + " bytes after decompression");
      }
      return body;
    }
  }
}
