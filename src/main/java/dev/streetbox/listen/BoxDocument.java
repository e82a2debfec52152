package dev.streetbox.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds a message of a box that is no batch of rows, as one line of JSON: events, {@code state},
 * {@code about}, {@code diag} and {@code ack}.
 *
 * @param kind the event's kind, or the last level of the topic
 * @param json the message on one line; one that is no event begins with its {@code kind}
 */
public record BoxDocument(String kind, String json) {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

  /** Keeps no table of field names, because a sender of ever new names would make it grow. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(20)
                  .maxNumberLength(30)
                  .maxNameLength(100)
                  .maxStringLength(20_000)
                  .build())
          .build();

  /**
   * Returns a message as a line; empty for a batch of rows, and for an empty message.
   *
   * @throws MalformedMessageException if it is no JSON object
   */
  public static Optional<BoxDocument> of(Message message) throws MalformedMessageException {
    String level = message.topic().substring(message.topic().lastIndexOf('/') + 1);
    boolean isBatch = level.equals("live") || level.equals("backlog");
    if (isBatch || message.payload().length == 0 || !KIND.matcher(level).matches()) {
      return Optional.empty();
    }
    try {
      String text = new String(MessageBody.of(message), StandardCharsets.UTF_8);
      boolean isEvent = level.equals("event");
      String kind = isEvent ? JsonTree.parse(text).string("kind").orElse("") : level;
      if (!KIND.matcher(kind).matches()) {
        throw new MalformedMessageException("an event without a kind");
      }
      return Optional.of(new BoxDocument(kind, isEvent ? copy(text, "") : copy(text, kind)));
    } catch (MalformedMessageException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedMessageException("not the JSON of a box");
    }
  }

  /** Returns an object on one line, with a kind before its fields unless that is empty. */
  private static String copy(String text, String kind) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedMessageException("no JSON object");
      }
      String[] line = {""};
      IOException[] error = {null};
      line[0] =
          JsonText.object(
              out -> {
                if (!kind.isEmpty()) {
                  out.writeStringField("kind", kind);
                }
                try {
                  while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean isOwn = !kind.isEmpty() && json.currentName().equals("kind");
                    if (isOwn) {
                      json.nextToken();
                      json.skipChildren();
                    } else {
                      out.copyCurrentStructure(json);
                    }
                  }
                  if (json.nextToken() != null) {
                    throw new MalformedMessageException("something follows the JSON object");
                  }
                } catch (IOException e) {
                  error[0] = e;
                }
              });
      if (error[0] != null) {
        throw error[0];
      }
      return line[0];
    }
  }
}
