package dev.streetbox.ingest;

import dev.streetbox.bus.Hardware;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.MessageBody;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a message with what was read from it.
 *
 * @param message as it has arrived
 * @param content the parsed message; empty if it is malformed
 * @param body the JSON of a message on one of the topics with a body that is kept, as jsonb accepts
 *     it; empty for a batch and for other topics
 * @param reason why the message is malformed, or empty
 */
record ReceivedMessage(
    Message message, Optional<BoxMessage> content, Optional<String> body, String reason) {

  private static final long FIELD_BYTES = 150;

  /** The memory for each character of a body and of what is read from it again. */
  private static final long BODY_BYTES = 10;

  /** Lists the topics whose bodies are kept whole. */
  private static final Set<String> KEPT = Set.of("event", "state", "diag", "about", "ack");

  /** Reads a message. */
  static ReceivedMessage of(Message message, BoxMessageParser parser) {
    try {
      BoxMessage content = parser.read(message);
      Optional<String> body = Optional.empty();
      if (message.payload().length > 0 && KEPT.contains(lastLevel(message))) {
        body = Optional.of(body(message, content.box()));
      }
      return new ReceivedMessage(message, Optional.of(content), body, "");
    } catch (IOException | UncheckedIOException e) {
      return malformed(message, String.valueOf(e.getMessage()));
    }
  }

  /** Returns a message that is to go to quarantine. */
  static ReceivedMessage malformed(Message message, String reason) {
    return new ReceivedMessage(message, Optional.empty(), Optional.empty(), reason);
  }

  /** Returns the last level of the topic. */
  String lastLevel() {
    return lastLevel(message);
  }

  private static String lastLevel(Message message) {
    return message.topic().substring(message.topic().lastIndexOf('/') + 1);
  }

  /** Returns the body as a tree; an empty one if there is none. */
  JsonTree tree() {
    try {
      return JsonTree.parse(body.orElse("{}"));
    } catch (IOException e) {
      throw new IllegalStateException("the body was read before", e);
    }
  }

  /** Returns about how much memory the message takes, which may be far more than was sent. */
  long estimatedBytes() {
    long fields =
        content.filter(BoxMessage.Rows.class::isInstance).map(BoxMessage.Rows.class::cast).stream()
            .flatMap(batch -> batch.rows().stream())
            .mapToLong(row -> row.fields().size())
            .sum();
    return message.packetBytes()
        + FIELD_BYTES * fields
        + body.map(text -> BODY_BYTES * text.length()).orElse(0L);
  }

  /** Returns whether the message corrects the start of a boot. */
  boolean correctsTime() {
    return content.filter(BoxMessage.Times.class::isInstance).isPresent();
  }

  /** Returns whether the message is of a simulated box, or does not tell. */
  boolean mayBeSimulated() {
    return isSimulated() || lastLevel().equals("diag") || lastLevel().equals("ack");
  }

  /** Returns whether the message states that a source of the box is simulated. */
  boolean isSimulated() {
    return content
        .map(
            c ->
                c instanceof BoxMessage.Rows rows
                    ? rows.simulated()
                    : tree().isTrue(Hardware.SIMULATED))
        .orElse(false);
  }

  private static String body(Message message, String box) throws IOException {
    String text = CleanJson.of(new String(MessageBody.of(message), StandardCharsets.UTF_8));
    if (!JsonTree.parse(text).string("box").orElse("").equals(box)) {
      throw new IOException("the topic of box " + box + " has a body of another box");
    }
    return text;
  }
}
