package dev.streetbox.screen;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** One line of a screen in the making, never wider than it. Used by one thread. */
final class ScreenLine {
  private final AttributedStringBuilder text = new AttributedStringBuilder();
  private final int columns;
  private final AttributedStyle plain;

  /** An empty line, in a style of its own where none is given. */
  ScreenLine(int columns, AttributedStyle plain) {
    this.columns = columns;
    this.plain = plain;
  }

  /** Adds words. */
  ScreenLine add(String words) {
    return add(words, plain);
  }

  /** Adds words in a style. */
  ScreenLine add(String words, AttributedStyle style) {
    text.styled(style, words);
    return this;
  }

  /** Goes to a column, from 0, and at least one further. */
  ScreenLine to(int column) {
    return add(" ".repeat(Math.max(1, column - text.columnLength())));
  }

  /** Adds words that end at a column. */
  ScreenLine endingAt(int column, String words, AttributedStyle style) {
    return to(column - words.codePointCount(0, words.length())).add(words, style);
  }

  /** Adds words at the right edge if there is room for them. */
  ScreenLine right(String words, AttributedStyle style) {
    int start = columns - 1 - words.codePointCount(0, words.length());
    return start > text.columnLength() ? to(start).add(words, style) : this;
  }

  /** The line, filled up; what does not fit ends in a sign that there is more. */
  AttributedString done() {
    if (text.columnLength() > columns) {
      return new AttributedStringBuilder()
          .append(text.columnSubSequence(0, columns - 1))
          .styled(plain, "…")
          .toAttributedString();
    }
    if (plain.equals(AttributedStyle.DEFAULT)) {
      return text.toAttributedString();
    }
    return add(" ".repeat(columns - text.columnLength())).text.toAttributedString();
  }
}
