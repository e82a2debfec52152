package dev.streetbox.doctor;

import java.io.IOException;
import java.util.Objects;

/**
 * What one check came to.
 *
 * @param verdict good, worth a look, or broken
 * @param about what was checked, as {@code sensor pm}
 * @param saw what was seen
 * @param cause what is likely behind it; empty if there is nothing to explain
 * @param cure what to type or to plug; empty if there is nothing to do
 */
public record Finding(Verdict verdict, String about, String saw, String cause, String cure) {
  /** How bad it is. */
  public enum Verdict {
    PASS,
    WARN,
    FAIL
  }

  private static final String TRY = "[.;]? [Tt]ry:? ";

  /** It is as it should be. */
  public static Finding pass(String about, String saw) {
    return new Finding(Verdict.PASS, about, saw, "", "");
  }

  /** It works, but somebody should look. */
  public static Finding warn(String about, String saw, String cause, String cure) {
    return new Finding(Verdict.WARN, about, saw, cause, cure);
  }

  /** It does not work. */
  public static Finding fail(String about, String saw, String cause, String cure) {
    return new Finding(Verdict.FAIL, about, saw, cause, cure);
  }

  /**
   * It does not work, and the trouble says why.
   *
   * @param cure what to do unless the trouble says it better
   */
  static Finding fail(String about, IOException trouble, String cause, String cure) {
    String[] words =
        Objects.requireNonNullElse(trouble.getMessage(), trouble.toString()).split(TRY, 2);
    return fail(about, words[0], cause, words.length == 2 ? words[1] : cure);
  }
}
