package dev.streetbox.screen;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.TextFormatException;
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

  /** Limits the small numbers, so that each is an {@code int}. */
  private static final long SMALL_LIMIT = 999_999_999;

  /**
   * Limits the large numbers, so that each is exact as a {@code double}, and possible as a time.
   */
  private static final long LARGE_LIMIT = 999_999_999_999_999L;

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
    if (SMALL.contains(key)) {
      return isWhole(key, tree, 0, SMALL_LIMIT);
    }
    if (LARGE.contains(key)) {
      return isWhole(key, tree, -LARGE_LIMIT, LARGE_LIMIT);
    }
    return Quantity.of(key).isEmpty() || tree.number(key).isPresent();
  }

  private static boolean isWhole(String key, JsonTree tree, long least, long greatest) {
    double number = tree.number(key).orElse(Double.NaN);
    return number >= least
        && number <= greatest
        && tree.text(key).orElse("").equals(Long.toString((long) number));
  }
}
