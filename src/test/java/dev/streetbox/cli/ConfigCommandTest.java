package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.measure.PrintableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what the commands of the configuration do with files that are none. */
class ConfigCommandTest {
  @TempDir private Path folder;

  @Test
  void aConfigurationThatIsTooLongIsNotReadToItsEnd() throws IOException {
    Path large = Files.writeString(folder.resolve("large.toml"), "#".repeat(10_000_000));
    for (String file : List.of("/dev/zero", large.toString(), folder.toString())) {
      Typed typed = Typed.command("config", "check", "--config", file);
      assertEquals(ExitCode.USAGE, typed.code(), typed.err());
      assertTrue(typed.err().startsWith(file + ": "), typed.err());
    }
    assertEquals(
        "/dev/zero: it is larger than 1 MB, so it is no configuration."
            + " Try: streetbox config show --defaults\n",
        Typed.command("config", "check", "--config", "/dev/zero").err());
  }

  @Test
  void keysAndValuesOfAFileControlNoTerminal(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            """
            "a\u009b\u202eb" = 1
            "c\\u001b" = 2
            [box]
            id = "\u202esb\\u001b"
            [mqtt]
            broker = "mqtt://\u009b\\u001b"
            ["\u202e"]
            """);
    Typed typed = Typed.command("config", "check", "--config", file.toString());
    assertEquals(ExitCode.USAGE, typed.code());
    assertTrue(typed.err().lines().count() >= 4, typed.err());
    typed
        .err()
        .lines()
        .forEach(line -> assertTrue(line.codePoints().allMatch(PrintableText::isPrintable), line));
  }
}
