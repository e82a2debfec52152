package dev.streetbox.doctor;

import dev.streetbox.bus.BoardSensors;
import dev.streetbox.bus.KernelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Checks the supply and the temperature of a Raspberry Pi. The supply's state is {@code
 * get_throttled} of the kernel's firmware driver or of {@code vcgencmd}; without both it is the
 * alarm of the kernel's {@code rpi_volt}, which covers the present only.
 */
final class PowerCheck {
  /** Bits of get_throttled (raspberrypi.com/documentation, os, vcgencmd). */
  private static final int UNDER_VOLTAGE = 1;

  private static final int SLOWED = 1 << 1 | 1 << 2 | 1 << 3;

  /** Shifts a bit of the present to the bit of the same condition at any time since the start. */
  private static final int SINCE_START = 16;

  private static final String POWER = "power";
  private static final String WEAK =
      "the supply is too weak, its cable too thin, or the sensors take too much";
  private static final String REMEDY =
      "use a supply of 5.1 V and 3 A on a short thick cable; then: sudo reboot";

  /**
   * The temperature in °C at which a Pi begins to throttle the processor, and throttles it fully.
   */
  private static final double WARM = 80;

  private static final double HOT = 85;

  private final KernelFiles kernelFiles;
  private final BoardSensors sensors;

  PowerCheck(KernelFiles kernelFiles) {
    this.kernelFiles = kernelFiles;
    this.sensors = new BoardSensors(kernelFiles);
  }

  /**
   * Returns a finding about the supply, and one about the temperature if the board has a sensor.
   */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(throttled().map(PowerCheck::judge).or(this::alarm).orElseGet(PowerCheck::unknown));
    temperature().ifPresent(findings::add);
    return findings;
  }

  private static Finding judge(int bits) {
    String hex = String.format(Locale.ROOT, " (get_throttled 0x%x)", bits);
    if ((bits & UNDER_VOLTAGE) != 0) {
      return Finding.fail(POWER, "under-voltage now" + hex, WEAK, REMEDY);
    }
    if ((bits & SLOWED) != 0) {
      return Finding.warn(
          POWER,
          "the processor is slowed down now" + hex,
          "the board is hot, or its supply was low",
          "give the box shade and air; then: streetbox doctor");
    }
    if ((bits >> SINCE_START & UNDER_VOLTAGE) != 0) {
      return Finding.warn(POWER, "under-voltage since the start, not now" + hex, WEAK, REMEDY);
    }
    if ((bits >> SINCE_START & SLOWED) != 0) {
      return Finding.warn(
          POWER,
          "the processor was slowed down since the start" + hex,
          "the board was hot",
          "give the box shade and air");
    }
    return Finding.pass(POWER, "no under-voltage since the start, never slowed down");
  }

  private Optional<Finding> alarm() {
    for (Path sensor : kernelFiles.list("/sys/class/hwmon", "hwmon*")) {
      if (KernelFiles.text(sensor.resolve("name")).filter("rpi_volt"::equals).isPresent()) {
        boolean low =
            KernelFiles.number(sensor.resolve("in0_lcrit_alarm"))
                .filter(alarm -> alarm != 0)
                .isPresent();
        return Optional.of(
            low
                ? Finding.fail(POWER, "under-voltage (rpi_volt)", WEAK, REMEDY)
                : Finding.pass(POWER, "no under-voltage now (rpi_volt)"));
      }
    }
    return Optional.empty();
  }

  private static Finding unknown() {
    return Finding.warn(
        POWER,
        "no sensor of the supply voltage",
        "this is no Raspberry Pi, or vcgencmd may not be used",
        "on a Pi: sudo usermod -a -G video $USER");
  }

  private Optional<Integer> throttled() {
    return sensors.throttled().or(this::vcgencmd).flatMap(BoardSensors::throttledBits);
  }

  private Optional<String> vcgencmd() {
    Path program = kernelFiles.path("/usr/bin/vcgencmd");
    if (!Files.isExecutable(program)) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(program.toString(), "get_throttled").redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(1, TimeUnit.SECONDS) ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<Finding> temperature() {
    return sensors.celsius().map(PowerCheck::judge);
  }

  private static Finding judge(double celsius) {
    String subject = "temperature";
    String observation = String.format(Locale.ROOT, "%.1f °C on the board", celsius);
    if (celsius < WARM) {
      return Finding.pass(subject, observation);
    }
    String cause = "sun on the box, or no air flow";
    String remedy = "give the box shade and air";
    return celsius < HOT
        ? Finding.warn(subject, observation, cause, remedy)
        : Finding.fail(subject, observation, cause, remedy);
  }
}
