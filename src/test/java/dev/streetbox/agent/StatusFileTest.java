package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
  @TempDir private Path run;

  @Test
  void aLinkInPlaceOfTheDraftIsNotFollowed() throws IOException {
    Path precious = Files.writeString(run.resolve("precious"), "precious");
    Files.createSymbolicLink(run.resolve(".status.json.new"), precious);
    new StatusFile(run).write(json -> json.writeNumberField("boot", 7));
    assertEquals("{\"boot\":7}\n", Files.readString(run.resolve("status.json")));
    assertEquals("precious", Files.readString(precious));
  }
}
