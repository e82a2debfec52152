package dev.streetbox.listen;

import dev.streetbox.measure.Quality;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps a 64-bit hash of each of the last rows, to find a key that two different rows share. The
 * hash leaves the row's time out, because a row that is sent again may have a better time. Used by
 * one thread.
 */
final class Fingerprints {
  /** Limits the rows that are kept: about three days of one box. */
  private static final int ROWS = 250_000;

  private final Map<String, Long> known = new LinkedHashMap<>();

  /** Returns false if an earlier row of the same key had another content and is still kept. */
  boolean isSame(String boot, BoxMessage.SentRow row) {
    long current = fingerprint(row);
    Long before = known.putIfAbsent(boot + "/" + row.seq(), current);
    if (known.size() > ROWS) {
      Iterator<String> oldest = known.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return before == null || before == current;
  }

  private static long fingerprint(BoxMessage.SentRow row) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
    for (Map.Entry<String, String> field : row.fields().entrySet()) {
      String text =
          switch (field.getKey()) {
            case "t", "tq" -> "";
            case "q" -> timeless(field.getValue());
            default -> field.getKey() + "=" + field.getValue() + ",";
          };
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
    }
    return hash;
  }

  private static String timeless(String flags) {
    try {
      return Integer.toString(Integer.parseInt(flags) & ~Quality.TIME_EST.bit());
    } catch (NumberFormatException e) {
      return flags;
    }
  }
}
