package dev.streetbox.command;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Lists the commands (contract, "What comes back"). */
public enum CommandName {
  PING("", ""),
  ABOUT("", ""),
  DIAG("", ""),
  IDENTIFY("", "seconds"),
  RESEND("boot first last", ""),
  SET("key value", ""),
  REPORT_STATUS("id status", "");

  /** The commands with an effect that must neither be lost nor be repeated. */
  private static final Set<CommandName> DURABLE = EnumSet.of(RESEND, SET, REPORT_STATUS);

  /** The commands of which the effect does not show under today's name. */
  private static final Set<CommandName> FOR_FORMER_NAMES = EnumSet.of(RESEND, REPORT_STATUS);

  private final String required;
  private final String optional;

  /**
   * @param required the names of the arguments that it needs, with a space between two
   * @param optional the names of the arguments that it may have besides
   */
  CommandName(String required, String optional) {
    this.required = required;
    this.optional = optional;
  }

  /** Returns the contract's name, as {@code report-status}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the command of a contract name, if there is one. */
  public static Optional<CommandName> of(String key) {
    return Arrays.stream(values()).filter(command -> command.key().equals(key)).findFirst();
  }

  /** Returns whether the command is made durable, with its id, before it is acknowledged. */
  public boolean isDurable() {
    return DURABLE.contains(this);
  }

  /** Returns whether the command is done under a name that the box had on an earlier day. */
  public boolean isForFormerNames() {
    return FOR_FORMER_NAMES.contains(this);
  }

  /**
   * Checks the names of the arguments.
   *
   * @throws RefusedException if one is missing or unknown
   */
  void check(Set<String> names) throws RefusedException {
    for (String name : words(required)) {
      if (!names.contains(name)) {
        throw new RefusedException(key() + " needs the argument " + name);
      }
    }
    for (String name : names) {
      if (!words(required).contains(name) && !words(optional).contains(name)) {
        throw new RefusedException(key() + " has no argument " + RefusedException.quoted(name));
      }
    }
  }

  private static List<String> words(String names) {
    return names.isEmpty() ? List.of() : List.of(names.split(" "));
  }
}
