package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void speedAndCourseAreRemovedLikeThePosition() throws IOException, ConfigException {
    assertEquals(
        "{\"q\":0}",
        configured("courier7", "correct-horse")
            .redact("{\"spd_mps\":4.5,\"hdg_deg\":181,\"q\":0}"));
  }

  @Test
  void theNameOfAZoneIsMasked() throws IOException, ConfigException {
    Redactor redactor = configured("courier7", "correct-horse");
    assertEquals(
        "[[privacy.zone]]\nname = \"********\"\nradius_m = 300.0",
        redactor.redact("[[privacy.zone]]\nname = \"mum\"\nradius_m = 300.0"));
    assertEquals(
        "9:1: name = \"********\" is taken by line 2",
        redactor.redact("9:1: name = \"mum\" is taken by line 2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "put text in quotes: latt = \"39.9042N\" | put text in quotes: latt = \"********\"",
        "type lat = 39.9042 | type lat = ********",
        "lon: -116.3 | lon: ********",
        "longitude=7 | longitude=********",
        "at 39.90421 or so | at ******** or so",
        "took 12.345 ms at 3.11.0 | took 12.345 ms at 3.11.0",
        "latency 12 ms | latency 12 ms",
        "1.10.0.1234 | 1.10.0.1234"
      })
  void aMistypedCoordinateOfAnEarlierMessageIsMasked(String text, String clean)
      throws IOException, ConfigException {
    assertEquals(clean, configured("courier7", "correct-horse").redact(text));
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
            latt = 41.5N
            """);
    assertEquals(
        "******** at ********/********, ********N, home",
        Redactor.ofUnparsed(file).redact("courier7 at 40.07011/116.32651, 41.5N, home"));
  }

  @Test
  void aMissingFileHasNoSecrets() {
    Path missing = folder.resolve("none.toml");
    assertEquals("courier7", Redactor.ofUnparsed(missing).redact("courier7"));
  }
}
