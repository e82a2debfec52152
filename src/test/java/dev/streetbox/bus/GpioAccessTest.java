package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.library.gpiod.internal.GpioDException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpioAccessTest {
  @TempDir private Path devices;

  private static void assertSays(String words, IOException error) {
    assertTrue(error.getMessage().contains(words), error.getMessage());
  }

  @Test
  void aMachineWithoutAChipIsNamedAsTheCause() {
    GpioInput line = new LinuxGpioInput(17, new GpioAccess(devices));
    assertSays("this machine has no GPIO chip", assertThrows(IOException.class, line::open));
  }

  @Test
  void aChipThatThisUserMayNotOpenNamesTheGroup() throws IOException {
    // Not readable for root either: a link to nothing.
    Files.createSymbolicLink(devices.resolve("gpiochip0"), devices.resolve("missing"));
    GpioOutput line = new LinuxGpioOutput(27, new GpioAccess(devices));
    assertSays("usermod -aG gpio", assertThrows(IOException.class, line::open));
  }

  @Test
  void aMachineOfAnotherKindIsRefusedInWords() throws IOException {
    // A PC has no library, an arm machine that is no Pi has no chip that Pi4J takes.
    Files.createFile(devices.resolve("gpiochip0"));
    GpioInput line = new LinuxGpioInput(17, new GpioAccess(devices));
    IOException error = assertThrows(IOException.class, line::open);
    assertTrue(
        error.getMessage().contains("no GPIO library for")
            || error.getMessage().contains("no Raspberry Pi's GPIO chip"),
        error.getMessage());
    assertThrows(IOException.class, line::open, "a second attempt is refused as well");
  }

  @Test
  void aLineThatAnotherProgramHasIsNamed() {
    IOException error =
        assertThrows(
            IOException.class,
            () ->
                GpioAccess.call(
                    17,
                    () -> {
                      throw new GpioDException("-1 (Device or resource busy)");
                    }));
    assertSays("GPIO 17: another program", error);
  }

  @Test
  void aClosedLineIsAnErrorAndNotABug() {
    GpioAccess access = new GpioAccess(devices);
    assertSays(
        "is closed",
        assertThrows(IOException.class, () -> new LinuxGpioInput(17, access).await(Duration.ZERO)));
    assertSays(
        "is closed",
        assertThrows(IOException.class, () -> new LinuxGpioOutput(27, access).set(true)));
  }

  @Test
  void closingALineThatWasNeverOpenedDoesNothing() {
    GpioAccess access = new GpioAccess(devices);
    new LinuxGpioInput(17, access).close();
    new LinuxGpioOutput(27, access).close();
  }
}
