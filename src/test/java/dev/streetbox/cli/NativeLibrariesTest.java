package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  @TempDir private Path home;

  @Test
  void anInstalledProgramLoadsTheLibrariesOfItsArchitectureAndUsesNoTemporaryFolder()
      throws IOException {
    Files.createDirectories(home.resolve("native/aarch64"));
    String own = home.resolve("native/aarch64").toString();
    assertEquals(
        Map.of(
            "jSerialComm.library.path", own,
            "org.sqlite.lib.path", own,
            "pi4j.library.path", own,
            "java.io.tmpdir", home.resolve("native").toString()),
        NativeLibraries.settings(home.resolve("lib/streetbox-0.1.0.jar"), "aarch64"));
  }

  @Test
  void aBuildUsesTheLibrariesInTheJars() {
    assertEquals(Map.of(), NativeLibraries.settings(home.resolve("target/classes"), "aarch64"));
  }
}
