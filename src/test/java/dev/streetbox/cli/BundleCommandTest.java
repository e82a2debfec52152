package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the content of a support archive, and that no byte of it is a secret. */
class BundleCommandTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final String TOKEN = "token-8d1f";
  private static final String BOX_SECRET = "5e".repeat(32);
  private static final String KEY_LINE =
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgc3RyZWV0Ym94IHRl";
  private static final String LAST_KEY_LINE = "c3Qga2V5LCBub3QgcmVhbA==";
  private static final List<String> SECRETS =
      List.of(
          PASSWORD,
          TOKEN,
          BOX_SECRET,
          KEY_LINE,
          LAST_KEY_LINE,
          "40.07011",
          "116.32651",
          "41.123456",
          "2.654321");

  @TempDir private Path folder;

  private Map<String, String> bundle(Path config) throws IOException {
    Path file = folder.resolve("bundle.zip");
    assertEquals(
        new Typed(ExitCode.DONE, file + "\n", ""),
        Typed.command("bundle", "--config", config.toString(), "-o", file.toString()));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Map<String, String> texts = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        texts.put(entry.getName(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    texts.forEach(
        (name, text) ->
            SECRETS.forEach(secret -> assertFalse(text.contains(secret), name + ": " + secret)));
    return texts;
  }

  @Test
  void noSecretIsInAnyByteOfTheArchive() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/secret"), BOX_SECRET + "\n");
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Files.writeString(
        folder.resolve("box.key"),
        "-----BEGIN PRIVATE KEY-----\n%s\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(KEY_LINE, LAST_KEY_LINE));
    Path config =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-1"
            data_dir = "%1$s/data"
            run_dir = "%1$s"
            [gnss]
            source = "none"
            [mqtt]
            broker = "mqtts://127.0.0.1:1"
            client_cert_file = "%1$s/box.pem"
            client_key_file = "%1$s/box.key"
            username = "%3$s"
            password_file = "%2$s"
            [[privacy.zone]]
            name = "home"
            lat = 40.07011
            lon = 116.32651
            radius_m = 300
            """
                .formatted(folder, password, TOKEN));
    // A state that an agent never writes: it contains every secret and the position.
    Files.writeString(
        folder.resolve("status.json"),
        "{\"box\":\"sb-1\",\"row\":{\"lat\":41.123456,\"lon\":2.654321,\"temp_c\":4},\"faults\":[{"
            + "\"text\":\"%s %s %s %s %s 40.07011 116.32651\"}]}\n"
                .formatted(PASSWORD, TOKEN, BOX_SECRET, KEY_LINE, LAST_KEY_LINE));
    Map<String, String> texts = bundle(config);
    assertEquals(
        List.of(
            "versions.txt",
            "config.toml",
            "status.json",
            "outbox.json",
            "doctor.txt",
            "journal.txt"),
        List.copyOf(texts.keySet()));
    assertTrue(texts.get("config.toml").contains("id = \"sb-1\""));
    assertTrue(texts.get("config.toml").contains("lat = \"********\""), texts.get("config.toml"));
    assertTrue(
        texts.get("status.json").contains("\"row\":{\"temp_c\":4}"), texts.get("status.json"));
    assertTrue(texts.get("doctor.txt").contains(" failed\n"), texts.get("doctor.txt"));
    assertTrue(texts.get("versions.txt").startsWith("streetbox "), texts.get("versions.txt"));
  }

  @Test
  void theSecretsOfAConfigurationWithMistakesAreRemovedToo() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            """
            [box]
            rundir = 1
            [mqtt]
            username = %s
            [[privacy.zone]]
            lat = 40.07011
            lon = "116.32651"
            """
                .formatted(TOKEN));
    Map<String, String> texts = bundle(config);
    assertTrue(texts.get("config-mistakes.txt").contains("rundir"), texts.toString());
    assertTrue(texts.get("doctor.txt").contains("FAIL  config"), texts.get("doctor.txt"));
  }

  @Test
  void anArchiveNeverOverwritesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.zip"), "mine");
    Path config = Boxes.simulated(folder, URI.create("mqtt://127.0.0.1:1"), "");
    assertEquals(
        new Typed(
            ExitCode.EXTERNAL_ERROR,
            "",
            "streetbox bundle: "
                + file
                + " exists already and is not overwritten. Try: streetbox bundle -o OTHER.zip\n"),
        Typed.command("bundle", "--config", config.toString(), "-o", file.toString()));
    assertEquals("mine", Files.readString(file));
  }
}
