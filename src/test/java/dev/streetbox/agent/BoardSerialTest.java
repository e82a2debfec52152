package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the numbers of boards; {@code BoxIdTest} checks the files from which they come. */
class BoardSerialTest {
  @TempDir private Path root;

  @Test
  void theWholeNumberCountsBecauseTheEndsOfTwoMayBeEqual() throws IOException {
    Path file = root.resolve("proc/cpuinfo");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "Serial\t\t: 10000000A1B2C3D4\n");
    assertEquals(Optional.of("10000000a1b2c3d4"), BoardSerial.of(root));
  }

  @Test
  void aMachineWithoutANumberHasNone() {
    assertEquals(Optional.empty(), BoardSerial.of(root));
  }
}
