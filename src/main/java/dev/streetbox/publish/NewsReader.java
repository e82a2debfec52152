package dev.streetbox.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TextFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads what boxes send. Nothing that a broker delivers is trusted: size, depth, names and numbers
 * have limits, a compressed body may not grow beyond its own, and a box may only speak for itself.
 * Safe for every thread.
 */
public final class NewsReader {
  /** A body after decompression: a hundred times what a box sends. */
  private static final int BODY_LIMIT_BYTES = 4_000_000;

  private static final int ROW_LIMIT = 10_000;
  private static final int FIELD_LIMIT = 100;

  /** What the names of a correction's fields begin with. */
  private static final String DATED = "dated_";

  private static final Pattern BOX = Pattern.compile("[a-z0-9-]{3,32}");
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

  private final String root;

  /**
   * @param topicRoot what all topics begin with, without a slash at the end
   */
  public NewsReader(String topicRoot) {
    this.root = topicRoot + "/";
  }

  /**
   * Understands a message.
   *
   * @throws TextFormatException if it is none that a box sends; the message says what is wrong
   */
  public News read(Message message) throws TextFormatException {
    String[] words = words(message.topic());
    String box = words[0];
    try {
      return switch (words[1]) {
        case "live" -> rows(box, true, fields(message));
        case "backlog" -> rows(box, false, fields(message));
        case "event" -> event(box, fields(message));
        case "state" -> state(box, fields(message), message.retained());
        default -> new News.Other(box);
      };
    } catch (TextFormatException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new TextFormatException("not the JSON of a box: " + printable(e.getMessage()));
    }
  }

  private String[] words(String topic) throws TextFormatException {
    String rest = topic.startsWith(root) ? topic.substring(root.length()) : "";
    String[] words = rest.split("/", -1);
    if (words.length != 2 || !BOX.matcher(words[0]).matches()) {
      throw new TextFormatException("not a box's topic");
    }
    return words;
  }

  /** The fields that this reader knows, of any message. */
  private static final class Fields {
    private String box = "";
    private int boot;
    private String kind = "";
    private int lostBoot;
    private int datedBoot;
    private long startMs;
    private final Map<String, String> times = new LinkedHashMap<>();
    private long first = -1;
    private long last = Long.MAX_VALUE;
    private final List<News.SentRow> rows = new ArrayList<>();
    private final List<long[]> drops = new ArrayList<>();
  }

  private static News rows(String box, boolean live, Fields fields) throws TextFormatException {
    check(box, fields);
    List<Range> drops = new ArrayList<>();
    for (long[] drop : fields.drops) {
      drops.add(new Range(fields.boot, drop[0], drop[1]));
    }
    long before = fields.first - 1;
    for (News.SentRow row : fields.rows) {
      if (row.seq() <= before || row.seq() > fields.last) {
        throw new TextFormatException("row " + row.seq() + " is out of order or outside its batch");
      }
      before = row.seq();
    }
    return new News.Rows(box, fields.boot, fields.startMs, live, fields.rows, drops);
  }

  private static News event(String box, Fields fields) throws TextFormatException {
    check(box, fields);
    return switch (fields.kind) {
      case "loss" -> new News.Loss(box, new Range(fields.lostBoot, fields.first, fields.last));
      case "time" -> new News.Times(box, fields.datedBoot, fields.last, fields.times);
      default -> new News.Other(box);
    };
  }

  private static News state(String box, Fields fields, boolean old) throws TextFormatException {
    check(box, fields);
    return new News.State(box, fields.boot, old);
  }

  private static void check(String box, Fields fields) throws TextFormatException {
    if (!fields.box.equals(box)) {
      throw new TextFormatException("box " + box + " speaks for another");
    }
    if (fields.boot < 1) {
      throw new TextFormatException("no boot");
    }
  }

  private static Fields fields(Message message) throws IOException {
    Fields fields = new Fields();
    try (JsonParser json = JSON.createParser(body(message))) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "box" -> fields.box = json.getText();
          case "boot" -> fields.boot = json.getIntValue();
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

  private static void rows(JsonParser json, JsonToken value, List<News.SentRow> rows)
      throws IOException {
    expect(value, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      limit(rows.size(), ROW_LIMIT, "rows");
      expect(json.currentToken(), JsonToken.START_OBJECT);
      rows.add(row(json));
    }
  }

  private static News.SentRow row(JsonParser json) throws IOException {
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
        json.skipChildren(); // A later version's; null is not allowed, and says nothing.
      }
    }
    if (seq < 1) {
      throw new TextFormatException("a row without seq");
    }
    return new News.SentRow(seq, fields);
  }

  private static void drops(JsonParser json, JsonToken value, List<long[]> drops)
      throws IOException {
    expect(value, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      limit(drops.size(), ROW_LIMIT, "drops");
      expect(json.currentToken(), JsonToken.START_ARRAY);
      drops.add(new long[] {json.nextLongValue(-1), json.nextLongValue(-1)});
      while (json.nextToken() != JsonToken.END_ARRAY) {
        json.skipChildren(); // The reason.
      }
    }
  }

  private static String checked(String name) throws TextFormatException {
    if (!FIELD.matcher(name).matches()) {
      throw new TextFormatException("a field's name is not one");
    }
    return name;
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** The parser quotes what it found, which may be meant for a terminal. */
  private static String printable(String text) {
    String clean = String.valueOf(text).replaceAll("\\p{Cntrl}", " ");
    return clean.substring(0, Math.min(clean.length(), 200));
  }

  private static void expect(JsonToken token, JsonToken expected) throws TextFormatException {
    if (token != expected) {
      throw new TextFormatException("expected " + expected + ", found " + token);
    }
  }

  private static void limit(int size, int limit, String what) throws TextFormatException {
    if (size >= limit) {
      throw new TextFormatException("more than " + limit + " " + what);
    }
  }

  private static byte[] body(Message message) throws IOException {
    byte[] payload = message.payload();
    if (message.contentType().equals(Encoding.JSON_GZIP.contentType())) {
      return unzipped(payload);
    }
    if (message.contentType().equals(Encoding.JSON.contentType())
        || message.contentType().isEmpty()) {
      return payload;
    }
    throw new TextFormatException("an encoding that is not known");
  }

  private static byte[] unzipped(byte[] payload) throws IOException {
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(payload))) {
      byte[] body = plain.readNBytes(BODY_LIMIT_BYTES);
      if (plain.read() >= 0) {
        throw new TextFormatException(
            "more than " + BODY_LIMIT_BYTES + " bytes after decompression");
      }
      return body;
    }
  }
}
