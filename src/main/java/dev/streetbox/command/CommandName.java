package dev.streetbox.command;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Lists the commands (contract, "What comes back"). */
public enum CommandName {
  PING(List.of(), List.of()),
  ABOUT(List.of(), List.of()),
  DIAG(List.of(), List.of()),
  IDENTIFY(List.of(), List.of("seconds")),
  RESEND(List.of("boot", "first", "last"), List.of()),
  SET(List.of("key", "value"), List.of()),
  REPORT_STATUS(List.of("id", "status"), List.of());

  /** The commands with an effect that must neither be lost nor be repeated. */
  private static final Set<CommandName> DURABLE = EnumSet.of(RESEND, SET, REPORT_STATUS);

  /** The commands of which the effect does not show under today's name. */
  private static final Set<CommandName> FOR_FORMER_NAMES = EnumSet.of(RESEND, REPORT_STATUS);

  private final List<String> required;
  private final List<String> optional;

  CommandName(List<String> required, List<String> optional) {
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
    for (String name : required) {
      if (!names.contains(name)) {
        throw new RefusedException(key() + " needs the argument " + name);
      }
    }
    for (String name : names) {
      if (!required.contains(name) && !optional.contains(name)) {
        throw new RefusedException(key() + " has no argument " + RefusedException.quoted(name));
      }
    }
  }
}
