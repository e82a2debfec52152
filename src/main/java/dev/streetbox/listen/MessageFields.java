package dev.streetbox.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.streetbox.bus.Hardware;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Holds the fields that {@link BoxMessageParser} reads from any message, as they were sent. */
final class MessageFields {
  private static final int ROW_LIMIT = 10_000;
  private static final int FIELD_LIMIT = 100;

  /** The common beginning of the names of a correction's fields. */
  private static final String DATED = "dated_";

  private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10)
                  .maxNumberLength(30)
                  .maxNameLength(100)
                  .maxStringLength(20_000)
                  .build())
          .build();

  String box = "";
  int boot;
  boolean simulated;
  String kind = "";
  int lostBoot;
  int datedBoot;
  long startMs;
  final Map<String, String> times = new LinkedHashMap<>();
  long first = -1;
  long last = Long.MAX_VALUE;
  final List<BoxMessage.SentRow> rows = new ArrayList<>();
  final List<long[]> drops = new ArrayList<>();

  private MessageFields() {}

  /**
   * Reads the fields of a message.
   *
   * @throws IOException if it is not the JSON of a box
   */
  static MessageFields of(Message message) throws IOException {
    MessageFields fields = new MessageFields();
    try (JsonParser json = JSON.createParser(MessageBody.of(message))) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "box" -> fields.box = json.getText();
          case "boot" -> fields.boot = json.getIntValue();
          case Hardware.SIMULATED -> fields.simulated = json.getBooleanValue();
          case "kind" -> fields.kind = json.getText();
          case "lost_boot" -> fields.lostBoot = json.getIntValue();
          case "dated_boot" -> fields.datedBoot = json.getIntValue();
          case "t0" -> fields.startMs = json.getLongValue();
          case "dated_t0", "dated_t0_min", "dated_t0_max" ->
              fields.times.put(name.substring(DATED.length()), "" + json.getLongValue());
          case "dated_tq" -> fields.times.put("tq", quoted(json.getText()));
          case "first" -> fields.first = json.getLongValue();
          case "last" -> fields.last = json.getLongValue();
          case "rows" -> rows(json, value, fields.rows);
          case "drops" -> drops(json, value, fields.drops);
          default -> json.skipChildren();
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT);
    }
    return fields;
  }

  private static void rows(JsonParser json, JsonToken value, List<BoxMessage.SentRow> rows)
      throws IOException {
    expect(value, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      limit(rows.size(), ROW_LIMIT, "rows");
      expect(json.currentToken(), JsonToken.START_OBJECT);
      rows.add(row(json));
    }
  }

  private static BoxMessage.SentRow row(JsonParser json) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    long seq = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      limit(fields.size(), FIELD_LIMIT, "fields");
      if (name.equals("seq")) {
        seq = json.getLongValue();
      }
      if (value.isNumeric() || value.isBoolean()) {
        fields.put(checked(name), json.getText());
      } else if (value == JsonToken.VALUE_STRING) {
        fields.put(checked(name), quoted(json.getText()));
      } else {
        json.skipChildren(); // A nested value is of a later version; null is not allowed.
      }
    }
    if (seq < 1) {
      throw new MalformedMessageException("a row without seq");
    }
    return new BoxMessage.SentRow(seq, fields);
  }

  private static void drops(JsonParser json, JsonToken value, List<long[]> drops)
      throws IOException {
    expect(value, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      limit(drops.size(), ROW_LIMIT, "drops");
      expect(json.currentToken(), JsonToken.START_ARRAY);
      drops.add(new long[] {json.nextLongValue(-1), json.nextLongValue(-1)});
      while (json.nextToken() != JsonToken.END_ARRAY) {
        json.skipChildren(); // The reason is not used.
      }
    }
  }

  private static String checked(String name) throws MalformedMessageException {
    if (!FIELD.matcher(name).matches()) {
      throw new MalformedMessageException("a field has an invalid name");
    }
    return name;
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static void expect(JsonToken token, JsonToken expected) throws MalformedMessageException {
    if (token != expected) {
      throw new MalformedMessageException("expected " + expected + ", found " + token);
    }
  }

  private static void limit(int size, int limit, String what) throws MalformedMessageException {
    if (size >= limit) {
      throw new MalformedMessageException("more than " + limit + " " + what);
    }
  }
}
