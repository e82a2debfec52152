package dev.streetbox.bus;

import java.util.Optional;

/**
 * Reads what a Raspberry Pi's kernel tells of its supply and its temperature; a board without these
 * files has no values.
 *
 * @param kernelFiles the kernel's files below the file system's root
 */
public record BoardSensors(KernelFiles kernelFiles) {
  private static final String THROTTLED = "/sys/devices/platform/soc/soc:firmware/get_throttled";
  private static final String TEMPERATURE = "/sys/class/thermal/thermal_zone0/temp";

  /** Returns the text of the firmware's get_throttled, if the kernel has it. */
  public Optional<String> throttled() {
    return kernelFiles.text(THROTTLED);
  }

  /**
   * Returns the bits in a text of get_throttled: bit 0 under-voltage now, bit 16 since the start
   * (raspberrypi.com/documentation, os, vcgencmd).
   *
   * @param text the hexadecimal digits, also as {@code throttled=0x0}
   */
  public static Optional<Integer> throttledBits(String text) {
    String digits = text.replace("throttled=", "").replace("0x", "");
    return digits.matches("[0-9a-fA-F]{1,7}")
        ? Optional.of(Integer.parseInt(digits, 16))
        : Optional.empty();
  }

  /** Returns the temperature of the processor in °C. */
  public Optional<Double> celsius() {
    return KernelFiles.number(kernelFiles.path(TEMPERATURE)).map(thousandths -> thousandths / 1e3);
  }
}
