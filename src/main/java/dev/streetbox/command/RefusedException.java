package dev.streetbox.command;

import dev.streetbox.measure.PrintableText;
import java.io.IOException;

/** Refuses a command; the message is the reason that its sender is given. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Limits, in characters, what a reason quotes of a command. */
  private static final int QUOTE_LIMIT = 40;

  /**
   * @param reason what is wrong with the command, or why the box cannot do it now
   */
  public RefusedException(String reason) {
    super(reason);
  }

  /** Returns a text from outside in the form in which a reason may quote it. */
  public static String quoted(String text) {
    return '"' + PrintableText.of(text, QUOTE_LIMIT) + '"';
  }
}
