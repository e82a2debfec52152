package dev.streetbox.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.streetbox.bus.Hardware;
import dev.streetbox.measure.PrintableText;
import dev.streetbox.measure.Quantity;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Holds the fields that {@link BoxMessageParser} reads from any message, as they were sent. */
final class MessageFields {
  /** The greatest integer that every reader of JSON represents exactly (RFC 8259, section 6). */
  static final long GREATEST = (1L << 53) - 1;

  /** 2020-01-01T00:00:00Z and 2100-01-01T00:00:00Z in ms, the range of times in the schemas. */
  private static final long EARLIEST_MS = 1_577_836_800_000L;

  private static final long LATEST_MS = 4_102_444_800_000L;

  /** Limits the rows of a message; a box sends 60 at most. */
  private static final int ROW_LIMIT = 1_000;

  private static final int FIELD_LIMIT = 100;

  /** Limits the fields of all rows of a message together, because each takes about 150 bytes. */
  private static final int ALL_FIELDS_LIMIT = 20_000;

  /** Limits the declarations of losses in a message. */
  private static final int DROP_LIMIT = 1_000;

  /** Limits the ids and reasons that are kept; a longer one is left out. */
  private static final int TEXT_LIMIT = 64;

  private static final int VERSION = 1;

  /** The common beginning of the names of a correction's fields. */
  private static final String DATED = "dated_";

  private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  /** Control, format and other characters that could change the display of a terminal. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

  /** Keeps no table of field names, because a sender of ever new names would make it grow. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
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
  String state = "";
  String kind = "";
  int lostBoot;
  int datedBoot;
  long startMs;
  long earliestStartMs;
  long latestStartMs;
  String calibration = "";
  final Map<String, String> times = new LinkedHashMap<>();

  /** The first seq; 0 if the message has none. */
  long first;

  /** The last seq; {@link Long#MAX_VALUE} if the message has none. */
  long last = Long.MAX_VALUE;

  final List<BoxMessage.SentRow> rows = new ArrayList<>();
  final List<SentDrop> drops = new ArrayList<>();

  /** Holds rows that the box declares lost, of the boot of the message. */
  record SentDrop(long first, long last, String reason) {}

  private int fieldCount;

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
          case "v" -> integer(json, name, VERSION, VERSION);
          case "box" -> fields.box = json.getText();
          case "boot" -> fields.boot = boot(json, name);
          case Hardware.SIMULATED -> fields.simulated = json.getBooleanValue();
          case "state" -> {
            fields.state = value == JsonToken.VALUE_STRING ? json.getText() : "";
            json.skipChildren();
          }
          case "kind" -> fields.kind = json.getText();
          case "lost_boot" -> fields.lostBoot = boot(json, name);
          case "dated_boot" -> fields.datedBoot = boot(json, name);
          case "t0" -> fields.startMs = time(json, name);
          case "t0_min" -> fields.earliestStartMs = earliest(json, name);
          case "t0_max" -> fields.latestStartMs = time(json, name);
          case "cal" -> fields.calibration = text(json);
          case "t" -> time(json, name);
          case "dated_t0_min" ->
              fields.times.put(name.substring(DATED.length()), "" + earliest(json, name));
          case "dated_t0", "dated_t0_max" ->
              fields.times.put(name.substring(DATED.length()), "" + time(json, name));
          case "dated_tq" -> fields.times.put("tq", quoted(json.getText()));
          case "first" -> fields.first = integer(json, name, 1, GREATEST);
          case "last" -> fields.last = integer(json, name, 0, GREATEST);
          case "rows" -> fields.rows(json, value);
          case "drops" -> drops(json, value, fields.drops);
          default -> json.skipChildren();
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT);
    }
    return fields;
  }

  private void rows(JsonParser json, JsonToken value) throws IOException {
    expect(value, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      limit(rows.size(), ROW_LIMIT, "rows");
      expect(json.currentToken(), JsonToken.START_OBJECT);
      rows.add(row(json));
    }
  }

  private BoxMessage.SentRow row(JsonParser json) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    long seq = -1;
    int names = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      limit(names++, FIELD_LIMIT, "fields in a row");
      limit(fieldCount++, ALL_FIELDS_LIMIT, "fields");
      if (name.equals("seq")) {
        seq = integer(json, name, 1, GREATEST);
      } else if (name.equals("t")) {
        time(json, name);
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

  private static void drops(JsonParser json, JsonToken value, List<SentDrop> drops)
      throws IOException {
    expect(value, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      limit(drops.size(), DROP_LIMIT, "drops");
      expect(json.currentToken(), JsonToken.START_ARRAY);
      json.nextToken();
      long first = integer(json, "the first row of a drop", 1, GREATEST);
      json.nextToken();
      long last = integer(json, "the last row of a drop", first, GREATEST);
      String reason = "";
      while (json.nextToken() != JsonToken.END_ARRAY) {
        reason = reason.isEmpty() ? text(json) : reason;
        json.skipChildren(); // Further elements are of a later version.
      }
      drops.add(new SentDrop(first, last, reason.isEmpty() ? "unknown" : reason));
    }
  }

  /** Returns a short printable text; empty for another value, which is skipped. */
  private static String text(JsonParser json) throws IOException {
    String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
    json.skipChildren();
    return text.length() <= TEXT_LIMIT ? PrintableText.of(text, TEXT_LIMIT) : "";
  }

  private static int boot(JsonParser json, String name) throws IOException {
    return (int) integer(json, name, 1, Integer.MAX_VALUE);
  }

  /** Returns a time in ms; one in seconds is out of range. */
  private static long time(JsonParser json, String name) throws IOException {
    return integer(json, name, EARLIEST_MS, LATEST_MS);
  }

  /** Returns the earliest possible start of a boot, which a box without any clock gives as 0. */
  private static long earliest(JsonParser json, String name) throws IOException {
    return integer(json, name, 0, LATEST_MS);
  }

  /** Returns the integer that the parser is at. */
  private static long integer(JsonParser json, String name, long least, long greatest)
      throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new MalformedMessageException(name + " is no integer");
    }
    if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || json.getLongValue() < least
        || json.getLongValue() > greatest) {
      throw new MalformedMessageException(
          "%s is %s, not from %d to %d"
              .formatted(name, json.getBigIntegerValue(), least, greatest));
    }
    return json.getLongValue();
  }

  private static String checked(String name) throws MalformedMessageException {
    // The constant's name replaces the parsed one, so that many rows hold one text.
    Optional<Quantity> quantity = Quantity.of(name);
    if (quantity.isPresent()) {
      return quantity.get().key();
    }
    if (!FIELD.matcher(name).matches()) {
      throw new MalformedMessageException("a field has an invalid name");
    }
    return name;
  }

  private static String quoted(String text) {
    String json = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    return '"' + UNPRINTABLE.matcher(json).replaceAll(MessageFields::escaped) + '"';
  }

  private static String escaped(MatchResult match) {
    StringBuilder escapes = new StringBuilder();
    match.group().chars().forEach(unit -> escapes.append("\\\\u%04x".formatted(unit)));
    return escapes.toString();
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
