package dev.streetbox.export;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.Quantity;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Writes a row as a line of InfluxDB's line protocol: measurement {@code streetbox}, tag {@code
 * box}, the row's numbers as fields, the time in nanoseconds. Every quantity is a float, also a
 * whole one, because a field keeps the type of its first value; boot, seq and q are integers.
 */
final class LineProtocol {
  private static final String NANOSECONDS_OF_A_MILLISECOND = "000000";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\,= \n]");

  private LineProtocol() {}

  /** Returns the line; empty if the row has no time or no quantity. */
  static Optional<String> line(BoxMessage.Rows batch, BoxMessage.SentRow row) {
    StringJoiner fields = new StringJoiner(",");
    for (Quantity quantity : Quantity.values()) {
      number(row, quantity.key(), NUMBER)
          .ifPresent(text -> fields.add(quantity.key() + "=" + text));
    }
    Optional<String> t = number(row, "t", WHOLE);
    if (fields.length() == 0 || t.isEmpty()) {
      return Optional.empty();
    }
    fields.add("boot=" + batch.boot() + "i").add("seq=" + row.seq() + "i");
    number(row, "q", WHOLE).ifPresent(text -> fields.add("q=" + text + "i"));
    return Optional.of(
        "streetbox,box="
            + SPECIAL.matcher(batch.box()).replaceAll("_")
            + (batch.simulated() ? ",sim=true " : " ")
            + fields
            + " "
            + t.get()
            + NANOSECONDS_OF_A_MILLISECOND);
  }

  private static Optional<String> number(BoxMessage.SentRow row, String key, Pattern form) {
    return Optional.ofNullable(row.fields().get(key)).filter(text -> form.matcher(text).matches());
  }
}
