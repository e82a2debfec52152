package dev.streetbox.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the body of a command, of which nothing is trusted: the id as far as it can be read, so
 * that a refusal can be answered, and the first reason why it is no command. Used by one thread.
 */
final class CommandDraft {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final int VERSION = 1;

  /** Limits the arguments of a command; the largest command has three. */
  private static final int MAX_ARGUMENTS = 20;

  /** Keeps no table of names, because a sender of ever new names would make it grow. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(20)
                  .maxNumberLength(30)
                  .maxNameLength(200)
                  .maxStringLength(ReceivedCommand.LIMIT_BYTES)
                  .build())
          .build();

  private final ReceivedCommand received;
  private final Map<String, Arguments.Value> arguments = new LinkedHashMap<>();
  private final Set<String> fields = new HashSet<>();
  private Optional<String> id = Optional.empty();
  private Optional<String> cmd = Optional.empty();
  private Optional<String> fault;

  private CommandDraft(ReceivedCommand received) {
    this.received = received;
    this.fault = received.fault();
  }

  /** Reads as much of a message as can be read; never throws. */
  static CommandDraft of(ReceivedCommand received) {
    CommandDraft draft = new CommandDraft(received);
    try (JsonParser json = JSON.createParser(text(received.payload()))) {
      draft.read(json);
    } catch (CharacterCodingException e) {
      draft.addFault("it is no UTF-8");
    } catch (IOException e) {
      draft.addFault("it is no JSON object of a command");
    }
    return draft;
  }

  private static String text(ByteBuffer utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate()).toString();
  }

  /** Returns the id, if it can be read. */
  Optional<String> id() {
    return id;
  }

  /** Returns the name that the sender wrote, if it is a string. */
  Optional<String> cmd() {
    return cmd;
  }

  /**
   * Returns the command.
   *
   * @throws RefusedException if it is none; the reason is for its sender
   */
  Command command() throws RefusedException {
    if (fault.isPresent()) {
      throw new RefusedException(fault.get());
    }
    if (id.isEmpty()) {
      throw new RefusedException("the id must be 1 to 64 of A-Z, a-z, 0-9, _ and -");
    }
    String key = cmd.orElseThrow(() -> new RefusedException("cmd must be a string"));
    CommandName name =
        CommandName.of(key)
            .orElseThrow(() -> new RefusedException("no command " + RefusedException.quoted(key)));
    if (!received.subtopic().isEmpty() && !received.subtopic().equals(key)) {
      throw new RefusedException(
          "the topic cmd/%s is not that of %s"
              .formatted(RefusedException.quoted(received.subtopic()).replace("\"", ""), key));
    }
    name.check(arguments.keySet());
    if (received.former() && !name.isForFormerNames()) {
      throw new RefusedException(
          key + " is not done under a name of another day: send it under today's");
    }
    return new Command(id.get(), name, new Arguments(arguments), received.box());
  }

  private void read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      addFault("it is no JSON object");
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (!fields.add(name)) {
        addFault(RefusedException.quoted(name) + " occurs twice");
        id = name.equals("id") ? Optional.empty() : id;
        json.skipChildren();
      } else {
        readField(json, name, value);
      }
    }
    if (json.nextToken() != null) {
      addFault("something follows the JSON object");
    }
  }

  private void readField(JsonParser json, String name, JsonToken value) throws IOException {
    switch (name) {
      case "id" -> {
        if (value == JsonToken.VALUE_STRING && ID.matcher(json.getText()).matches()) {
          id = Optional.of(json.getText());
        }
        json.skipChildren();
      }
      case "cmd" -> {
        if (value == JsonToken.VALUE_STRING) {
          cmd = Optional.of(json.getText());
        }
        json.skipChildren();
      }
      case "args" -> readArguments(json, value);
      case "v" -> {
        if (value != JsonToken.VALUE_NUMBER_INT || !json.getText().equals("" + VERSION)) {
          addFault("v must be " + VERSION);
        }
        json.skipChildren();
      }
      default -> {
        addFault("a command has no field " + RefusedException.quoted(name));
        json.skipChildren();
      }
    }
  }

  private void readArguments(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      addFault("args must be an object");
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken type = json.nextToken();
      if (!type.isScalarValue()) {
        addFault("the argument " + RefusedException.quoted(name) + " is no single value");
        json.skipChildren();
      } else if (arguments.size() == MAX_ARGUMENTS) {
        addFault("more than " + MAX_ARGUMENTS + " arguments");
      } else if (arguments.put(name, new Arguments.Value(type, json.getText())) != null) {
        addFault("the argument " + RefusedException.quoted(name) + " occurs twice");
      }
    }
  }

  private void addFault(String reason) {
    fault = fault.or(() -> Optional.of(reason));
  }
}
