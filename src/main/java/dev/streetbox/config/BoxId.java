package dev.streetbox.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the default name of a box: {@code sb-} and the last eight hexadecimal digits of the board's
 * serial number, or of {@code /etc/machine-id} on a machine without a serial number.
 */
final class BoxId {
  /** Matches eight hexadecimal digits at the end; the device tree ends text with a zero byte. */
  private static final Pattern END = Pattern.compile("([0-9a-f]{8})\\s*\\x00?\\s*$");

  private static final Pattern CPU_SERIAL = Pattern.compile("(?m)^serial\\s*:\\s*([0-9a-f]+)\\s*$");

  private BoxId() {}

  /**
   * Returns the name, if the machine has a serial number or an id; a number of zeros is none.
   *
   * @param root the file system's root
   */
  static Optional<String> of(Path root) {
    return end(text(root, "sys/firmware/devicetree/base/serial-number"))
        .or(() -> end(cpuSerial(text(root, "proc/cpuinfo"))))
        .or(() -> end(text(root, "etc/machine-id")))
        .map(end -> "sb-" + end);
  }

  private static String text(Path root, String file) {
    try {
      return Files.readString(root.resolve(file)).toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      return ""; // this machine does not have the file, so the next source is read
    }
  }

  private static String cpuSerial(String cpuinfo) {
    Matcher matcher = CPU_SERIAL.matcher(cpuinfo);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static Optional<String> end(String text) {
    Matcher matcher = END.matcher(text);
    return matcher.find()
        ? Optional.of(matcher.group(1)).filter(Predicate.not("00000000"::equals))
        : Optional.empty();
  }
}
