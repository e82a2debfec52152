package dev.streetbox.agent;

import dev.streetbox.command.Command;
import dev.streetbox.command.CommandAction;
import dev.streetbox.command.CommandName;
import dev.streetbox.command.RefusedException;
import dev.streetbox.publish.ResendAnswer;
import dev.streetbox.publish.Resends;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what each command does on a box. The actions of ping, about, diag and identify are called
 * by the publisher's thread, the others by the thread of commands.
 */
final class CommandActions {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  private static final long IDENTIFY_S = 60;
  private static final long MAX_IDENTIFY_S = 600;

  /** The greatest seq of the contract. */
  private static final long MAX_SEQ = 9_007_199_254_740_991L;

  private final Map<CommandName, CommandAction> actions = new EnumMap<>(CommandName.class);

  /** Returns all actions; a command without one is refused. */
  Map<CommandName, CommandAction> all() {
    return Map.copyOf(actions);
  }

  /**
   * Adds {@code ping}.
   *
   * @param boot returns the published number of the running boot
   * @param uptime returns the time since the boot began
   */
  CommandActions ping(Supplier<Integer> boot, Supplier<Duration> uptime, String version) {
    return with(
        CommandName.PING,
        command -> {
          Map<String, Object> result = new LinkedHashMap<>();
          result.put("boot", boot.get());
          result.put("uptime_s", uptime.get().toSeconds());
          result.put("version", version);
          return result;
        });
  }

  /** Adds a command that only makes a message due, as {@code about} and {@code diag}. */
  CommandActions publishing(CommandName name, Runnable publish) {
    return with(
        name,
        command -> {
          publish.run();
          return Map.of();
        });
  }

  /**
   * Adds {@code identify}.
   *
   * @param lamp shows the box for a time
   */
  CommandActions identify(Consumer<Duration> lamp) {
    return with(
        CommandName.IDENTIFY,
        command -> {
          long seconds = command.arguments().integer("seconds", 1, MAX_IDENTIFY_S, IDENTIFY_S);
          LOG.info("identify: a person looks for this box, for {} s", seconds);
          lamp.accept(Duration.ofSeconds(seconds));
          return Map.of("seconds", seconds);
        });
  }

  /**
   * Adds the command that sends rows once more.
   *
   * @param requests takes the ranges to send once more
   */
  CommandActions resend(Resends requests) {
    return with(
        CommandName.RESEND,
        command -> {
          int boot = (int) command.arguments().integer("boot", 1, Integer.MAX_VALUE);
          long first = command.arguments().integer("first", 1, MAX_SEQ);
          long last = command.arguments().integer("last", 1, MAX_SEQ);
          ResendAnswer answer = requests.request(command.box(), boot, first, last);
          if (answer.refusal().isPresent()) {
            throw new RefusedException(answer.refusal().get());
          }
          return answer.result();
        });
  }

  /** Adds any other command. */
  CommandActions with(CommandName name, CommandAction action) {
    actions.put(name, action);
    return this;
  }

  /** Returns an action of a box that cannot do a command. */
  static CommandAction refusing(String reason) {
    return (Command command) -> {
      throw new RefusedException(reason);
    };
  }
}
