package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxFolderTest {
  private static final Path ROOT = Path.of("/");

  /** Lines that a valid configuration may have, some of which name a folder in unusual ways. */
  private static final List<String> LINES =
      List.of(
          "[box]",
          "[mqtt]",
          "id = \"sb-0042\"",
          "data_dir = \"/a\"",
          "data_dir=\"/b/c-d\"# run_dir",
          "  run_dir  =  \"/run/x_1.2\"  # a comment",
          "# run_dir = \"/comment\"",
          "run_dir = '/literal'",
          "\"run_dir\" = \"/quoted\"",
          "\"run_d\\u0069r\" = \"/escaped\"",
          "box.run_dir = \"/dotted\"",
          "box = { run_dir = \"/inline\" }",
          "run_dir = \"/ünï cöde\"",
          "run_dir = \"/a#b\"",
          "run_dir = \"\"\"",
          "run_dir = \"/multi\"",
          "\"\"\"",
          "topic_root = \"run_dir\"",
          "username = \"a\\\\b\"",
          "[[zone]]",
          "");

  @TempDir private Path folder;

  private static Optional<Path> run(String text) {
    return BoxFolder.RUN.find(text);
  }

  @Test
  void theFoldersOfTheInstalledConfigurationAreReadWithoutTheParser() throws IOException {
    String text = Files.readString(Path.of("deploy/streetbox.toml"));
    assertEquals(Optional.of(Path.of("/run/streetbox")), run(text));
    assertEquals(Optional.of(Path.of("/var/lib/streetbox")), BoxFolder.DATA.find(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[box]\n",
        "# run_dir = \"/x\"\n",
        "[box]\r\nid = \"sb-0042\"\r\n[mqtt]\r\n",
        "[box]\ndata_dir = \"/a\"\n"
      })
  void aFolderThatIsNotNamedIsTheStandardOne(String text) {
    assertEquals(Optional.of(Path.of("/run/streetbox")), run(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[box]\nrun_dir = \"/tmp/a\"",
        "[box]\r\n\t run_dir=\"/tmp/a\" # why\r\n[mqtt]\r\n",
        "# The box\n[box]\nid = \"x\"\n\nrun_dir   =   \"/tmp/a\"\nsensor = [\n]\n"
      })
  void aFolderThatIsNamedAsUsualIsRead(String text) {
    assertEquals(Optional.of(Path.of("/tmp/a")), run(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run_dir = \"/a\"",
        "[mqtt]\nrun_dir = \"/a\"",
        "[box] # the box\nrun_dir = \"/a\"",
        "[box]\nrun_dir = \"/a\"\nrun_dir = \"/b\"",
        "[box]\nrun_dir = '/a'",
        "[box]\nrun_dir = \"a\"",
        "[box]\nrun_dir = \"/a b\"",
        "[box]\nrun_dir = \"/a\" b",
        "[box]\n\"run_dir\" = \"/a\"",
        "[box]\n\"run_\\u0064ir\" = \"/a\"",
        "box.run_dir = \"/a\"",
        "box = { run_dir = \"/a\" }",
        "[box]\ndata_dir = \"/run_dir\"",
        "[box]\nid = \"\"\"\nx\"\"\"",
        "[box]\nid = '''\nx'''"
      })
  void unusualFormsAreLeftToTheParser(String text) {
    assertEquals(Optional.empty(), run(text));
  }

  @Test
  void whateverAValidConfigurationNamesIsRead() {
    int[] valid = {0};
    Seeds.each(
        2_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          List<String> lines = new ArrayList<>(List.of(random.nextInt(3) > 0 ? "[box]" : ""));
          for (int i = random.nextInt(4); i >= 0; i--) {
            lines.add(LINES.get(random.nextInt(LINES.size())));
          }
          String text = String.join("\n", lines);
          Path file = Files.writeString(folder.resolve("streetbox.toml"), text);
          try {
            Path parsed = ConfigFile.read(file, ROOT).config().runDir();
            assertEquals(parsed, ConfigFile.readFolder(file, ROOT, BoxFolder.RUN), text);
            valid[0]++;
          } catch (ConfigException e) {
            // Of an invalid text only a folder in the usual form is read.
          }
        });
    assertTrue(valid[0] > 200, valid[0] + " valid texts");
  }

  @Test
  void aMistakeInAnotherLineDoesNotHideTheFolder() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("streetbox.toml"), "[box]\nrun_dir = \"/tmp/a\"\nid = 7\nnonsense\n");
    assertEquals(Path.of("/tmp/a"), ConfigFile.readFolder(file, ROOT, BoxFolder.RUN));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    Path file = folder.resolve("none.toml");
    String message =
        assertThrows(ConfigException.class, () -> ConfigFile.readFolder(file, ROOT, BoxFolder.RUN))
            .getMessage();
    assertTrue(message.contains(file + ": there is no such file"), message);
  }
}
