package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactorTest {
  @TempDir private Path folder;

  private Redactor configured(String username, String password)
      throws IOException, ConfigException {
    Path secret = Files.writeString(folder.resolve("password"), password + "\n");
    Path file =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-1"
            data_dir = "%s"
            [mqtt]
            username = "%s"
            password_file = "%s"
            """
                .formatted(folder, username, secret));
    return Redactor.of(ConfigFile.read(file, Path.of("/")).config());
  }

  @Test
  void everyOccurrenceOfASecretIsMasked() throws IOException, ConfigException {
    assertEquals(
        "login ******** with ******** (********)",
        configured("courier7", "correct-horse")
            .redact("login courier7 with correct-horse (correct-horse)"));
  }

  @Test
  void aSecretThatContainsAnotherIsMaskedAsAWhole() throws IOException, ConfigException {
    assertEquals("pw=********.", configured("horse", "correct-horse").redact("pw=correct-horse."));
  }

  @Test
  void aUserNameThatIsTheBoxIdIsNoSecret() throws IOException, ConfigException {
    assertEquals("box sb-1", configured("sb-1", "correct-horse").redact("box sb-1"));
  }

  @Test
  void aTextOfThreeCharactersIsNoSecret() throws IOException, ConfigException {
    assertEquals("usb on bus", configured("usb", "bus").redact("usb on bus"));
  }

  @Test
  void positionsAreRemovedFromAnyJson() throws IOException, ConfigException {
    assertEquals(
        "{\"row\":{\"temp_c\":4,},\"x\":1}",
        configured("courier7", "correct-horse")
            .redact(
                "{\"row\":{\"lat\":-40.07,\"lon\":1.16e2,\"temp_c\":4,\"alt_m\":44,"
                    + "\"hacc_m\":3.1},\"x\":1}"));
  }

  @Test
  void aFileThatCannotBeParsedIsSearchedForLoginsAndPositions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("broken.toml"),
            """
            [mqtt
            username = courier7 # mine
            lat='40.07011'
            lon = 116.32651,
            name = "home"
            """);
    assertEquals(
        "******** at ********/********, home",
        Redactor.ofUnparsed(file).redact("courier7 at 40.07011/116.32651, home"));
  }

  @Test
  void aMissingFileHasNoSecrets() {
    Path missing = folder.resolve("none.toml");
    assertEquals("courier7", Redactor.ofUnparsed(missing).redact("courier7"));
  }
}
