package dev.streetbox.driver;

import java.time.Duration;

/**
 * Holds one line of a Sensirion part's command table.
 *
 * @param code the command's 16 bits as the datasheet prints them; 8 bits for an SHT4x
 * @param duration the longest time until the part has executed the command or its answer may be
 *     read
 */
public record SensirionCommand(int code, Duration duration) {
  /** Returns a command with a duration in whole milliseconds. */
  static SensirionCommand ofMillis(int code, int waitMs) {
    return new SensirionCommand(code, Duration.ofMillis(waitMs));
  }

  /** Returns the code in hexadecimal for messages, for example {@code 03c4}. */
  @Override
  public String toString() {
    return String.format("%04x", code);
  }
}
