package dev.streetbox.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what distinguishes this board from others: the serial number that the board's firmware
 * gives to the kernel, or {@code /etc/machine-id} on a machine without a serial number.
 */
public final class BoardSerial {
  /** Matches eight or more hexadecimal digits; the device tree ends text with a zero byte. */
  private static final Pattern NUMBER = Pattern.compile("([0-9a-f]{8,})\\s*\\x00?\\s*$");

  /** The longest number in a file of boards; a Pi's has 16 digits, a machine id 32. */
  private static final int DIGITS = 32;

  private static final Pattern ZEROS = Pattern.compile("0+");
  private static final Pattern CPU_SERIAL = Pattern.compile("(?m)^serial\\s*:\\s*([0-9a-f]+)\\s*$");

  private BoardSerial() {}

  /**
   * Returns the hexadecimal digits, eight or more, in lower case; a number of zeros is none.
   *
   * @param root the file system's root
   */
  public static Optional<String> of(Path root) {
    return number(text(root, "sys/firmware/devicetree/base/serial-number"))
        .or(() -> number(cpuSerial(text(root, "proc/cpuinfo"))))
        .or(() -> number(text(root, "etc/machine-id")));
  }

  /** Returns the last 32 digits at most, as file {@code boards} of a data folder holds them. */
  public static Optional<String> shortened(Path root) {
    return of(root).map(number -> number.substring(Math.max(0, number.length() - DIGITS)));
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

  private static Optional<String> number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find()
        ? Optional.of(matcher.group(1)).filter(number -> !ZEROS.matcher(number).matches())
        : Optional.empty();
  }
}
