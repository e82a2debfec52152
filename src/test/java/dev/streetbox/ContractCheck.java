package dev.streetbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Validates the messages of boxes that a test takes from a broker by the schemas in
 * deploy/contract. A property that no schema names is a mistake.
 */
public final class ContractCheck {
  /** The beginning of every message of a box. */
  private static final String BEGINNING = "{\"v\":1,\"box\":";

  private static final Path FOLDER = Path.of("deploy/contract");

  private ContractCheck() {}

  /**
   * Returns what is wrong in the message of a box that a line ends with; nothing for a line without
   * one.
   */
  public static List<String> mistakes(String line) throws IOException {
    int from = line.indexOf(BEGINNING);
    if (from < 0) {
      return List.of();
    }
    String json = line.substring(from);
    List<String> mistakes = new ArrayList<>();
    for (String mistake : new JsonSchema(FOLDER.resolve(schema(json))).mistakes(json)) {
      mistakes.add(mistake + " in " + json);
    }
    return mistakes;
  }

  /**
   * Validates every line.
   *
   * @throws AssertionError if a message is not as the contract says
   */
  public static void requireValid(List<String> lines) throws IOException {
    List<String> mistakes = new ArrayList<>();
    for (String line : lines) {
      mistakes.addAll(mistakes(line));
    }
    if (!mistakes.isEmpty()) {
      throw new AssertionError(
          mistakes.size() + " mistakes by the contract, the first: " + mistakes.get(0));
    }
  }

  private static String schema(String json) {
    if (json.contains("\"kind\":")) {
      return "event.schema.json";
    }
    return json.contains("\"state\":") ? "state.schema.json" : "batch.schema.json";
  }
}
