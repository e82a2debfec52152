package dev.streetbox.ingest;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes rows as lines of COPY in text format (PostgreSQL, "COPY", File Formats). A value that does
 * not fit its column, and a field that has none, goes to column {@code extra}, so that no row is
 * lost because of one value.
 */
final class RowColumns {
  /** Lists all columns, in the order of a line. */
  static final String NAMES =
      Stream.concat(
              Stream.of("boot_id", "seq", "age_ms", "q", "extra"),
              Arrays.stream(Quantity.values()).map(Quantity::key))
          .map(name -> '"' + name + '"')
          .collect(Collectors.joining(", "));

  /** Lists the fields that are kept in another way. */
  private static final Set<String> ELSEWHERE = Set.of("seq", "t", "tq");

  private static final List<Quantity> ALL = List.of(Quantity.values());

  /** The least and the greatest magnitude of a normal number of type real. */
  private static final double LEAST_REAL = 1.2e-38;

  private static final double GREATEST_REAL = 3.4e38;

  private final StringBuilder lines;
  private final Map<Quantity, String> values = new EnumMap<>(Quantity.class);

  /**
   * @param lines the text to append to
   */
  RowColumns(StringBuilder lines) {
    this.lines = lines;
  }

  /** Returns the type of a quantity's column. */
  static String type(Quantity quantity) {
    if (quantity == Quantity.LAT || quantity == Quantity.LON) {
      return "double precision";
    }
    return quantity.decimals() == 0 ? "integer" : "real";
  }

  /** Returns the flags that doubt a quantity's values, as bits of {@code q}. */
  static int doubtedBy(Quantity quantity) {
    return Quality.bits(quantity.group().flags());
  }

  /** Returns a row's {@code t} in ms since 1970 (UTC); empty if it has none. */
  static OptionalLong timeMs(BoxMessage.SentRow row) {
    return integer(row.fields().get("t"), Long.MAX_VALUE);
  }

  /**
   * Appends a row.
   *
   * @param ageMs its age since the start of the boot, in ms; empty if it has no time
   */
  void append(long bootId, OptionalLong ageMs, BoxMessage.SentRow row) {
    values.clear();
    Map<String, String> extra = new LinkedHashMap<>();
    String q = "0";
    for (Map.Entry<String, String> field : row.fields().entrySet()) {
      String name = field.getKey();
      String text = field.getValue();
      Optional<Quantity> quantity = Quantity.of(name);
      if (quantity.isPresent() && fits(quantity.get(), text)) {
        values.put(quantity.get(), text);
      } else if (name.equals("q") && integer(text, Integer.MAX_VALUE).orElse(-1) >= 0) {
        q = text;
      } else if (!ELSEWHERE.contains(name)) {
        extra.put(name, text);
      }
    }
    lines.append(bootId).append('\t').append(row.seq()).append('\t');
    lines
        .append(ageMs.isPresent() ? Long.toString(ageMs.getAsLong()) : "\\N")
        .append('\t')
        .append(q);
    lines.append('\t').append(extra.isEmpty() ? "\\N" : escaped(extra));
    for (Quantity quantity : ALL) {
      lines.append('\t').append(values.getOrDefault(quantity, "\\N"));
    }
    lines.append('\n');
  }

  private static boolean fits(Quantity quantity, String text) {
    if (type(quantity).equals("integer")) {
      return integer(text, Integer.MAX_VALUE).isPresent();
    }
    try {
      double value = Math.abs(Double.parseDouble(text));
      return value == 0 || (value >= LEAST_REAL && value <= GREATEST_REAL);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static OptionalLong integer(String text, long greatest) {
    if (text == null || !isInteger(text)) {
      return OptionalLong.empty();
    }
    long value = Long.parseLong(text);
    return Math.abs(value) <= greatest ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private static boolean isInteger(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    boolean all = text.length() > from && text.length() - from <= 18;
    for (int n = from; all && n < text.length(); n++) {
      all = text.charAt(n) >= '0' && text.charAt(n) <= '9';
    }
    return all;
  }

  private static String escaped(Map<String, String> extra) {
    String json =
        extra.entrySet().stream()
            .map(field -> '"' + field.getKey() + "\":" + CleanJson.of(field.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    return json.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
