package dev.streetbox.config;

import dev.streetbox.agent.BoardSerial;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes the default name of a box: {@code sb-} and the last eight hexadecimal digits of the board's
 * serial number, or of {@code /etc/machine-id} on a machine without a serial number.
 */
final class BoxId {
  private static final int DIGITS = 8;

  private BoxId() {}

  /**
   * Returns the name, if the machine has a serial number or an id; a number of zeros is none.
   *
   * @param root the file system's root
   */
  static Optional<String> of(Path root) {
    return BoardSerial.of(root)
        .map(number -> number.substring(number.length() - DIGITS))
        .filter(Predicate.not("00000000"::equals))
        .map(end -> "sb-" + end);
  }
}
