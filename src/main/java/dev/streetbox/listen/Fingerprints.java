package dev.streetbox.listen;

import dev.streetbox.measure.Quality;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the last rows said, as a number each, to find a key that is used for two different rows. A
 * row's time is left out: it may be known better when the row is sent again. Used by one thread.
 */
final class Fingerprints {
  /** Room for this many rows: three days of one box. */
  private static final int ROWS = 250_000;

  private final Map<String, Long> known = new LinkedHashMap<>();

  /** Whether the row says what it said before; a row that is new, or long ago, does. */
  boolean isSame(String boot, BoxMessage.SentRow row) {
    long print = print(row);
    Long before = known.putIfAbsent(boot + "/" + row.seq(), print);
    if (known.size() > ROWS) {
      Iterator<String> oldest = known.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return before == null || before == print;
  }

  private static long print(BoxMessage.SentRow row) {
    long print = 0xcbf29ce484222325L; // FNV-1a, 64 bits
    for (Map.Entry<String, String> field : row.fields().entrySet()) {
      String text =
          switch (field.getKey()) {
            case "t", "tq" -> "";
            case "q" -> timeless(field.getValue());
            default -> field.getKey() + "=" + field.getValue() + ",";
          };
      for (int i = 0; i < text.length(); i++) {
        print = (print ^ text.charAt(i)) * 0x100000001b3L;
      }
    }
    return print;
  }

  private static String timeless(String flags) {
    try {
      return Integer.toString(Integer.parseInt(flags) & ~Quality.TIME_EST.bit());
    } catch (NumberFormatException e) {
      return flags;
    }
  }
}
