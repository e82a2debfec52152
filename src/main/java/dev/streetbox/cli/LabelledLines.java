package dev.streetbox.cli;

/**
 * Lays out words behind labels in lines of at most 80 columns, which are broken at spaces, or
 * within a word that is longer than a line.
 */
final class LabelledLines {
  /** Joins words that are not to be broken over two lines. */
  static final char NO_BREAK_SPACE = '\u00A0';

  private final int labelColumns;
  private final String indent;
  private final StringBuilder text = new StringBuilder();

  /**
   * Holds no line yet.
   *
   * @param labelColumns the columns before the words of a label that is shorter; a line that
   *     continues another begins two columns further
   */
  LabelledLines(int labelColumns) {
    this.labelColumns = labelColumns;
    this.indent = " ".repeat(labelColumns + 2);
  }

  /** Adds a label and its words, in one line or more. */
  void add(String label, String words) {
    StringBuilder line = new StringBuilder(label);
    line.append(" ".repeat(Math.max(1, labelColumns - label.length())));
    int begin = line.length();
    for (String word : words.split(" ", -1)) {
      int space = line.length() > begin ? 1 : 0;
      if (space > 0 && line.length() + space + word.length() > Streetbox.WIDTH) {
        line = next(line);
        begin = indent.length();
        space = 0;
      }
      line.append(" ".repeat(space)).append(word);
      while (line.length() > Streetbox.WIDTH) {
        String rest = line.substring(Streetbox.WIDTH);
        line.setLength(Streetbox.WIDTH);
        line = next(line).append(rest);
        begin = indent.length();
      }
    }
    next(line);
  }

  /** Ends a line, and begins one that continues it. */
  private StringBuilder next(StringBuilder line) {
    text.append(line.toString().stripTrailing()).append('\n');
    return new StringBuilder(indent);
  }

  /** Returns all lines. */
  @Override
  public String toString() {
    return text.toString().replace(NO_BREAK_SPACE, ' ');
  }
}
