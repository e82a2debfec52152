package dev.streetbox.publish;

import dev.streetbox.command.CommandName;
import dev.streetbox.command.ReceivedCommand;
import dev.streetbox.mqtt.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names the topics on which a box receives commands: those of its published id and, with daily
 * names, of the id that it had on the day before. Safe for every thread.
 *
 * @param root the common beginning of all topics, without a slash at the end
 * @param boot the running boot
 */
record CommandTopics(String root, PublishedNames names, int boot) {
  private static final String COMMANDS = "cmd";

  /** Returns the published id of the running boot. */
  String box() {
    return names.of(boot).box();
  }

  /** Returns the topic filter of all commands to an id. */
  String filter(String box) {
    return root + "/" + box + "/" + COMMANDS + "/#";
  }

  /** Returns the topics of all commands to an id, for a broker that offers no wildcards. */
  List<String> topics(String box) {
    String all = root + "/" + box + "/" + COMMANDS;
    return Stream.concat(
            Stream.of(all),
            Arrays.stream(CommandName.values()).map(command -> all + "/" + command.key()))
        .toList();
  }

  /**
   * Returns a message in the form that {@link dev.streetbox.command.Commands} takes. A message of a
   * topic that is none of this box's commands has an empty body, so that it is refused.
   *
   * @param number the receiver's number for it
   */
  ReceivedCommand received(long number, Message message, ReceivedCommand.Arrival arrival) {
    String topic = message.topic();
    String rest = topic.startsWith(root + "/") ? topic.substring(root.length() + 1) : "";
    String[] levels = rest.split("/", 3);
    Optional<String> former = names.formerBox();
    boolean isFormer = former.isPresent() && levels[0].equals(former.get());
    boolean isOwn =
        levels.length > 1 && levels[1].equals(COMMANDS) && (levels[0].equals(box()) || isFormer);
    return new ReceivedCommand(
        number,
        isOwn ? levels[0] : box(),
        isFormer,
        levels.length > 2 ? levels[2] : "",
        ByteBuffer.wrap(isOwn ? message.payload() : new byte[0]),
        HexFormat.of().formatHex(message.correlationData()),
        arrival);
  }
}
