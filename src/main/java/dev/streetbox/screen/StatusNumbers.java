package dev.streetbox.screen;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.TextFormatException;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Checks the numbers of {@code status.json} with which its readers compute, because any program
 * with the rights of the agent may have changed the file.
 */
final class StatusNumbers {
  private static final Set<String> SMALL = Set.of("q", "mode", "used", "seen");
  private static final Set<String> LARGE =
      Set.of(
          "t",
          "tick_ms",
          "age_ms",
          "since_tick_ms",
          "seq",
          "newest",
          "unacknowledged",
          "dropped",
          "events",
          "in_flight_rows");

  private StatusNumbers() {}

  /**
   * Checks an object and all objects in it.
   *
   * @throws TextFormatException if a member is no number, or not one that the agent can write
   */
  static void check(JsonTree tree) throws TextFormatException {
    for (String key : tree.scalars().keySet()) {
      if (!isRight(key, tree)) {
        throw new TextFormatException(key + " has a value that no agent writes");
      }
    }
    for (String name : tree.childNames()) {
      check(tree.child(name));
    }
    for (String name : tree.arrays().keySet()) {
      for (JsonTree child : tree.children(name)) {
        check(child);
      }
    }
  }

  private static boolean isRight(String key, JsonTree tree) {
    OptionalDouble number = tree.number(key);
    String text = tree.text(key).orElse("");
    if (SMALL.contains(key)) {
      return number.isPresent() && text.matches("\\d{1,9}");
    }
    if (LARGE.contains(key)) {
      return number.isPresent() && text.matches("-?\\d{1,15}");
    }
    return Quantity.of(key).isEmpty() || number.isPresent();
  }
}
