package dev.streetbox.command;

import dev.streetbox.measure.JsonText;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the answer to a command.
 *
 * @param box the published id of the box under which the command was sent, and the answer is
 * @param id the command's id
 * @param body the JSON of the answer
 * @param correlation the request's Correlation Data in hex; empty without any
 */
public record Answer(String box, String id, String body, String correlation) {
  private static final int VERSION = 1;

  /** Limits a body, in characters; the longest result is that of a resend with many ranges. */
  private static final int LIMIT = 16_000;

  /** Returns the answer to a command that was done. */
  static Answer done(ReceivedCommand request, Command command, Map<String, Object> result) {
    String body = body(request.box(), command.id(), Optional.of(command.name().key()), result);
    if (body.length() > LIMIT) {
      Map<String, Object> shortened = Map.of("omitted", "the result is too long");
      body = body(request.box(), command.id(), Optional.of(command.name().key()), shortened);
    }
    return new Answer(request.box(), command.id(), body, request.answeredCorrelation());
  }

  /** Returns the answer to a command that was refused. */
  static Answer refused(ReceivedCommand request, String id, Optional<String> cmd, String reason) {
    return new Answer(
        request.box(),
        id,
        body(request.box(), id, cmd.flatMap(CommandName::of).map(CommandName::key), reason),
        request.answeredCorrelation());
  }

  /** Returns the same answer to a repeated request. */
  Answer to(ReceivedCommand request) {
    return new Answer(box, id, body, request.answeredCorrelation());
  }

  private static String body(String box, String id, Optional<String> cmd, Object resultOrReason) {
    boolean ok = resultOrReason instanceof Map;
    return JsonText.object(
        json -> {
          json.writeNumberField("v", VERSION);
          json.writeStringField("box", box);
          json.writeStringField("id", id);
          if (cmd.isPresent()) {
            json.writeStringField("cmd", cmd.get());
          }
          json.writeBooleanField("ok", ok);
          json.writeFieldName(ok ? "result" : "error");
          JsonValue.write(json, resultOrReason);
        });
  }
}
