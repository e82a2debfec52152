package dev.streetbox.screen;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Builds one line of the screen, never wider than the screen. Used by one thread. */
final class ScreenLine {
  private final AttributedStringBuilder text = new AttributedStringBuilder();
  private final int columns;
  private final AttributedStyle plain;

  /**
   * Begins an empty line.
   *
   * @param plain the style of text added without one; other than the default, it fills the line
   */
  ScreenLine(int columns, AttributedStyle plain) {
    this.columns = columns;
    this.plain = plain;
  }

  /** Adds text in the line's own style. */
  ScreenLine add(String words) {
    return add(words, plain);
  }

  /** Adds text in a style. */
  ScreenLine add(String words, AttributedStyle style) {
    text.styled(style, words);
    return this;
  }

  /** Adds spaces up to a column, counted from 0, and at least one space. */
  ScreenLine padTo(int column) {
    return add(" ".repeat(Math.max(1, column - text.columnLength())));
  }

  /** Adds text that ends before a column, after at least one space. */
  ScreenLine addEndingAt(int column, String words, AttributedStyle style) {
    return padTo(column - words.codePointCount(0, words.length())).add(words, style);
  }

  /** Adds text at the right edge if it fits there, and nothing otherwise. */
  ScreenLine addRightAligned(String words, AttributedStyle style) {
    int start = columns - 1 - words.codePointCount(0, words.length());
    return start > text.columnLength() ? padTo(start).add(words, style) : this;
  }

  /** Returns the line; an ellipsis replaces the end of a line that is too long. */
  AttributedString build() {
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
