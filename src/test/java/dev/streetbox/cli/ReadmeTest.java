package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks README and the documents: length, links, commands, and names of tests. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final int MOST_WORDS = 900;

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern COMMAND = Pattern.compile("`(?:sudo )?streetbox ([^`|;…]+)`");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");

  @TempDir private Path folder;

  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>(List.of(README));
    for (String folder : List.of("deploy", "hardware-notes", "src")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(found::add);
      }
    }
    return found;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** Returns a document without its blocks of code, where a "#" begins a comment. */
  private static String prose(Path document) throws IOException {
    return Files.readString(document).replaceAll("(?ms)^ *```.*?^ *```$", "");
  }

  /** Returns the first block of that language, with its indentation taken away. */
  private static String block(String language) throws IOException {
    MatchResult block =
        Pattern.compile("(?ms)^ *```" + language + "\n(.*?)^ *```$")
            .matcher(Files.readString(README))
            .results()
            .findFirst()
            .orElseThrow();
    return block.group(1).stripIndent();
  }

  @Test
  void fewerThanNineHundredWordsStandBeforeTheDocumentation() throws IOException {
    String text = Files.readString(README);
    String start = text.substring(0, text.indexOf("\n## Documentation"));
    int words = start.strip().split("\\s+", -1).length;
    assertTrue(words < MOST_WORDS, words + " words");
  }

  @Test
  void theHeadingsAreThoseThatPeopleSearchFor() throws IOException {
    assertEquals(
        List.of(
            "Streetbox",
            "Quick start",
            "Install",
            "Sensors",
            "Privacy",
            "Timekeeping",
            "Reports and commands",
            "Backend",
            "Durability",
            "Resource use",
            "Add a sensor",
            "Develop",
            "Documentation",
            "Limits",
            "Licence"),
        found(HEADING, prose(README)));
  }

  @Test
  void theQuickStartIsTheTwoCommands() throws IOException {
    List<String> commands =
        block("sh").lines().map(line -> line.replaceFirst(" +#.*", "")).toList();
    assertEquals(List.of("deploy/demo", "deploy/verify"), commands);
    assertTrue(commands.stream().map(Path::of).allMatch(Files::isExecutable));
  }

  @Test
  void theBatchHasOnlyFieldsOfTheContract() throws IOException {
    String schema =
        Files.readString(Path.of("deploy/contract/batch.schema.json"))
            + Files.readString(Path.of("deploy/contract/row.schema.json"));
    List<String> unknown =
        found(Pattern.compile("\"(\\w+)\":"), block("json")).stream()
            .filter(key -> !schema.contains("\"" + key + "\""))
            .toList();
    assertEquals(List.of(), unknown);
  }

  @Test
  void theConfigurationOfTheSmallestBoxHasNoMistake() throws IOException {
    Path file = Files.writeString(folder.resolve("box"), "[box]\nid = \"sb-1\"\n" + block("toml"));
    Typed typed = Typed.command("config", "check", "--config", file.toString());
    assertEquals(file + ": no mistakes, 2 sensors\n", typed.out() + typed.err());
  }

  @Test
  void everyLinkNamesAFileAndAHeadingOfTheFile() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : found(LINK, prose(document))) {
        if (!link.contains("://") && !resolves(document, link)) {
          broken.add(document + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean resolves(Path document, String link) throws IOException {
    String[] pieces = link.split("#", 2);
    Path file = pieces[0].isEmpty() ? document : document.resolveSibling(pieces[0]);
    return Files.exists(file) && (pieces.length == 1 || anchors(file).contains(pieces[1]));
  }

  /** Returns the anchors that GitHub gives to a document's headings. */
  private static Set<String> anchors(Path document) throws IOException {
    return found(HEADING, prose(document)).stream()
        .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void everyCommandCanBeTyped() throws IOException {
    for (Path document : documents()) {
      for (String words : found(COMMAND, prose(document).replaceAll("\\s+", " "))) {
        if (!words.startsWith("COMMAND")) {
          assertDoesNotThrow(
              () -> Streetbox.commandLine().parseArgs(words.split(" ", -1)),
              document + ": " + words);
        }
      }
    }
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> known;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      known =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    List<String> gone = new ArrayList<>();
    for (Path document : documents()) {
      found(TEST, prose(document)).stream()
          .filter(test -> !known.contains(test))
          .forEach(test -> gone.add(document + ": " + test));
    }
    assertEquals(List.of(), gone);
  }

  @Test
  void everyCommandOfTheProgramIsInTheListOfCommands() throws IOException {
    String list = Files.readString(Path.of("deploy/commands.md"));
    List<String> missing =
        Streetbox.commandLine().getSubcommands().keySet().stream()
            .filter(name -> !list.contains("`" + name))
            .toList();
    assertEquals(List.of(), missing);
  }
}
