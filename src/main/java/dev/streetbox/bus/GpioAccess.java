package dev.streetbox.bus;

import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioDException;
import com.pi4j.library.gpiod.internal.GpioLine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens lines of the Pi's GPIO chip through the library of Pi4J's gpiod provider (libgpiod 1.6.5,
 * GPIO character device v1). The provider itself is not used, because its thread wakes a hundred
 * times a second, while this library can wait for an edge. Safe for every thread.
 */
final class GpioAccess {
  /** Calls one function of the library. */
  @FunctionalInterface
  interface Call<T> {
    /** Calls it; the library throws a GpioDException with the kernel's words. */
    T run();
  }

  private final Path devices;

  /** Opens nothing; the chips are looked for in {@code /dev}. */
  GpioAccess() {
    this(Path.of("/dev"));
  }

  /** Looks for the chips in another folder, for tests. */
  GpioAccess(Path devices) {
    this.devices = devices;
  }

  /**
   * Returns a line of the chip, not requested yet.
   *
   * @param number the BCM number
   * @throws IOException if there is no chip, this user may not open it, or the library is missing
   *     or does not know this machine
   */
  GpioLine line(int number) throws IOException {
    requireChip();
    return call(
        number,
        () -> {
          GpioDContext.getInstance().initialize();
          return GpioDContext.getInstance().getOrOpenLine(number);
        });
  }

  /** Calls the library to release a line; never throws, because the kernel does it at last. */
  static <T> void release(int number, Call<T> call) {
    try {
      T unused = call(number, call);
    } catch (IOException e) {
      // The kernel releases the line at the latest when the process ends.
    }
  }

  /**
   * Calls the library and turns what it throws into an IOException that says what to do.
   *
   * @param number the BCM number, for the message
   */
  static <T> T call(int number, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (GpioDException e) {
      throw new IOException("GPIO " + number + ": " + words(String.valueOf(e.getMessage())), e);
    } catch (IllegalStateException e) {
      throw new IOException(
          "no Raspberry Pi's GPIO chip was found (label pinctrl, and Revision in /proc/cpuinfo):"
              + " run this on Raspberry Pi OS",
          e);
    } catch (LinkageError e) {
      throw new IOException(
          "there is no GPIO library for "
              + System.getProperty("os.arch")
              + ", only for aarch64 and arm. Try: gpio = \"sim\" below [report]",
          e);
    }
  }

  /** Checks that a chip can be opened, because the library's errors do not tell what is missing. */
  private void requireChip() throws IOException {
    boolean found = false;
    try (DirectoryStream<Path> chips = Files.newDirectoryStream(devices, "gpiochip*")) {
      for (Path chip : chips) {
        found = true;
        if (Files.isReadable(chip) && Files.isWritable(chip)) {
          return;
        }
      }
    }
    throw new IOException(
        found
            ? "this user may not open "
                + devices
                + "/gpiochip*. Try: sudo usermod -aG gpio streetbox, then restart"
            : "this machine has no GPIO chip ("
                + devices
                + "/gpiochip*): button and lamp need a Raspberry Pi");
  }

  private static String words(String message) {
    if (message.contains("busy")) {
      return "another program or a device tree overlay has the line. Try: gpioinfo";
    }
    if (message.contains("ermission") || message.contains("not permitted")) {
      return "this user may not open the chip. Try: sudo usermod -aG gpio streetbox";
    }
    return message;
  }
}
