package dev.streetbox.measure;

/** Makes text from outside, such as a broker's Reason String, fit for a log and a terminal. */
public final class PrintableText {
  private PrintableText() {}

  /**
   * Returns the text with a space for each control, format, surrogate and private-use character and
   * each separator of lines, because a terminal could obey them. A longer text ends with an
   * ellipsis.
   *
   * @param maxLength the largest number of characters (UTF-16) to return, at least 1
   */
  public static String of(String text, int maxLength) {
    if (text.length() <= maxLength && isAscii(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(maxLength + 1L)
        .forEach(point -> clean.appendCodePoint(isPrintable(point) ? point : ' '));
    if (clean.length() <= maxLength) {
      return clean.toString();
    }
    int end = maxLength - 1;
    boolean splitsPair = end > 0 && Character.isHighSurrogate(clean.charAt(end - 1));
    return clean.substring(0, splitsPair ? end - 1 : end) + "…";
  }

  /** Returns whether all characters are printable ASCII, as nearly all texts are. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether a terminal shows a character and does nothing else: it is none of the
   * characters that {@link #of} replaces.
   *
   * @param point the code point
   */
  public static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
