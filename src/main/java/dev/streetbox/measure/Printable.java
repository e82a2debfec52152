package dev.streetbox.measure;

/**
 * Makes text that comes from outside harmless for a terminal: texts of gpsd, brokers and parts,
 * reports, names and values of a configuration, file names. Control characters could move the
 * cursor or change the terminal's settings, and format characters could reverse the order of a
 * line's words.
 */
public final class Printable {
  /** Stands in place of a character that must not reach a terminal. */
  public static final char REPLACEMENT = '\uFFFD';

  private static final String CUT = "…";

  private Printable() {}

  /**
   * Returns the text with {@link #REPLACEMENT} for each character that {@link #isHarmless} refuses,
   * and a space for each line break and tab.
   *
   * @param limit the most characters (code points) of the result; a longer text is cut, and its
   *     last character is an ellipsis
   */
  public static String of(String text, int limit) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), limit));
    int length = 0;
    for (int at = 0; at < text.length(); length++) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (length == limit - 1 && at < text.length()) {
        return clean.append(CUT).toString();
      }
      clean.appendCodePoint(replaced(point));
    }
    return clean.toString();
  }

  private static int replaced(int point) {
    if (isHarmless(point)) {
      return point;
    }
    return point == '\n' || point == '\r' || point == '\t' ? ' ' : REPLACEMENT;
  }

  /**
   * Returns whether a terminal shows a character and does nothing else: no control or format
   * character, line or paragraph separator, half of a surrogate pair, or private character of
   * Unicode (categories Cc, Cf, Zl, Zp, Cs, Co).
   */
  public static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
