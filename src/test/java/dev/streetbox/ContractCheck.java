package dev.streetbox;

import dev.streetbox.compact.CompactDecoder;
import dev.streetbox.mqtt.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Validates the messages of boxes that a test takes from a broker by the schemas in
 * deploy/contract. A property that no schema names is a mistake.
 */
public final class ContractCheck {
  /** The beginning of every message of a box. */
  private static final String BEGINNING = "{\"v\":1,\"box\":";

  /** Names a field and the schema of the messages that have it; the first that matches counts. */
  private static final List<String> FIELDS =
      List.of(
          "ok ack",
          "kind event",
          "live_period_s about",
          "uptime_s diag",
          "state state",
          "rows batch",
          "first batch");

  private static final int LIMIT_BYTES = 512_000;

  private static final Path FOLDER = Path.of("deploy/contract");

  /** The fields of the batch, those of the row, and the row's seq. */
  private static final Pattern LISTEN_ROW =
      Pattern.compile("\\{(\"box\":[^{}]*?)(\"seq\":(\\d+)[^{}]*)\\}");

  private static final Set<String> TOPICS =
      Set.of("live", "backlog", "event", "state", "about", "diag", "ack");

  /** Holds each schema by its file's name, because a soak validates thousands of messages. */
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  private ContractCheck() {}

  /**
   * Validates a message of a box, in any encoding; the topics without a schema and the empty
   * messages of the doctor are not read.
   *
   * @throws AssertionError if the message is not as the contract says
   */
  public static void requireValid(Message message) throws IOException {
    String topic = message.topic();
    byte[] payload = message.payload();
    if (payload.length == 0 || !TOPICS.contains(topic.substring(topic.lastIndexOf('/') + 1))) {
      return;
    }
    String json = new String(plain(payload), StandardCharsets.UTF_8);
    if (!json.startsWith(BEGINNING)) {
      throw new AssertionError("no message of a box on " + topic + ": " + json);
    }
    requireValid(List.of(json));
  }

  /** Returns the JSON of a payload, whose first byte tells its encoding. */
  private static byte[] plain(byte[] payload) throws IOException {
    return switch (payload[0]) {
      case 0x1f -> new GZIPInputStream(new ByteArrayInputStream(payload)).readAllBytes();
      case 0x78 -> CompactDecoder.decode(payload, LIMIT_BYTES);
      default -> payload;
    };
  }

  /**
   * Validates the lines of {@code streetbox listen}: each row by the schema of a batch with that
   * row alone. Lines that hold no row are not validated.
   *
   * @throws AssertionError if a row is not as the contract says
   */
  public static void requireValidRows(List<String> lines) throws IOException {
    List<String> batches = new ArrayList<>();
    for (String line : lines) {
      Matcher row = LISTEN_ROW.matcher(line);
      if (row.matches()) {
        // The line has the t0 of an estimated time, and not the t0_min beside it.
        String before = row.group(1).replace("\"t0\":", "\"t0_min\":0,\"t0\":");
        batches.add(
            "{\"v\":1,%s\"first\":%s,\"last\":%s,\"rows\":[{%s}]}"
                .formatted(before, row.group(3), row.group(3), row.group(2)));
      }
    }
    requireValid(batches);
  }

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
    String name = schema(json);
    if (!SCHEMAS.containsKey(name)) {
      SCHEMAS.put(name, new JsonSchema(FOLDER.resolve(name)));
    }
    for (String mistake : SCHEMAS.get(name).mistakes(json)) {
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

  /** Returns the schema of a message by a field that no other kind of message has. */
  private static String schema(String json) {
    return FIELDS.stream()
            .filter(field -> json.contains("\"" + field.substring(0, field.indexOf(' ')) + "\":"))
            .map(field -> field.substring(field.indexOf(' ') + 1))
            .findFirst()
            .orElse("diag")
        + ".schema.json";
  }
}
