package dev.streetbox.screen;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jline.utils.AttributedString;

/** Shows lines and reads keys. Used by one thread. */
public interface LiveTerminal extends AutoCloseable {
  /** Returned by {@link #readKey} if no key was typed in the time. */
  int NO_KEY = -2;

  /** Returned by {@link #readKey} after Ctrl-C or a hang-up. */
  int END = -1;

  /** Lays out lines for a window of a given size. */
  @FunctionalInterface
  interface Content {
    /** Returns as many lines as rows, none wider than the columns. */
    List<AttributedString> lines(int columns, int rows);
  }

  /** Returns true until the first {@link #draw}, and from each change of the window's size on. */
  boolean isResized();

  /** Draws the content at the window's present size. */
  void draw(Content content);

  /**
   * Returns the next key's character, {@link #NO_KEY} or {@link #END}.
   *
   * @param wait limits how long the call blocks
   * @throws IOException if the terminal cannot be read
   */
  int readKey(Duration wait) throws IOException;

  /**
   * Restores the terminal's screen, cursor and modes.
   *
   * @throws IOException if the terminal cannot be restored
   */
  @Override
  void close() throws IOException;
}
