package dev.streetbox.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes commands as they arrive, for the box {@code sb-1}. */
final class Sent {
  static final String BOX = "sb-1";

  private Sent() {}

  /** Returns a command as it must be sent. */
  static ReceivedCommand json(long number, String json) {
    return json(number, json, "", ReceivedCommand.Arrival.RIGHT);
  }

  /** Returns a command on {@code cmd/SUBTOPIC}. */
  static ReceivedCommand json(
      long number, String json, String subtopic, ReceivedCommand.Arrival arrival) {
    ByteBuffer payload = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    return new ReceivedCommand(number, BOX, false, subtopic, payload, "0a0b", arrival);
  }

  /** Returns a command by its id, name and the text of its arguments. */
  static ReceivedCommand command(long number, String id, String cmd, String arguments) {
    return json(
        number, "{\"id\":\"%s\",\"cmd\":\"%s\",\"args\":{%s}}".formatted(id, cmd, arguments));
  }
}
