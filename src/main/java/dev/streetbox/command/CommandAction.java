package dev.streetbox.command;

import java.util.Map;

/** Does one kind of command. */
@FunctionalInterface
public interface CommandAction {
  /**
   * Does the command.
   *
   * @return the result in the answer: texts, whole numbers, truth values, lists and maps by text
   * @throws RefusedException if the box cannot do it; nothing has changed then
   */
  Map<String, Object> run(Command command) throws RefusedException;
}
