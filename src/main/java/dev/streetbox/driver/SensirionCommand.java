package dev.streetbox.driver;

import java.time.Duration;

/**
 * Describes one line of a Sensirion part's command table.
 *
 * @param code its 16 bits as the datasheet prints them; 8 bits of an SHT4x
 * @param duration the longest that the part needs to carry it out, or until its answer may be read
 */
public record SensirionCommand(int code, Duration duration) {
  /** Returns a command whose time the datasheet gives in whole milliseconds. */
  static SensirionCommand ofMillis(int code, int waitMs) {
    return new SensirionCommand(code, Duration.ofMillis(waitMs));
  }

  /** Returns the code for messages, as {@code 03c4}. */
  @Override
  public String toString() {
    return String.format("%04x", code);
  }
}
