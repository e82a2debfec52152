package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualTest {
  private static final Path FRAME = Path.of("deploy/deb/streetbox.1");

  @TempDir private Path folder;

  @Test
  void thePageHasEachCommandWithEachOption() throws IOException {
    Manual.main(FRAME.toString(), folder.toString());
    String page = Files.readString(folder.resolve("streetbox.1"));
    for (CommandLine command : Manual.leaves(Streetbox.commandLine())) {
      String heading = ".SS " + Manual.roff(command.getCommandSpec().qualifiedName()) + "\n";
      assertTrue(page.contains(heading), heading);
      String section = page.substring(page.indexOf(heading) + heading.length());
      section = section.substring(0, section.indexOf("\n.fi\n"));
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertTrue(section.contains(Manual.roff(option.longestName())), heading + option);
      }
    }
    assertEquals(-1, page.indexOf(Manual.COMMANDS));
    assertTrue(page.lines().allMatch(line -> line.length() <= 120), page);
  }

  @Test
  void eachExampleIsACommandThatTheProgramAccepts() throws IOException {
    for (String example : examples()) {
      String[] words = example.split(" ");
      assertDoesNotThrow(() -> Streetbox.commandLine(words).parseArgs(words), example);
    }
  }

  @Test
  void eachCommandHasAnExample() throws IOException {
    List<String> examples = examples();
    for (CommandLine command : Manual.leaves(Streetbox.commandLine())) {
      String words = command.getCommandSpec().qualifiedName().substring("streetbox ".length());
      assertTrue(
          examples.stream().anyMatch(example -> (example + " ").startsWith(words + " ")), words);
    }
  }

  private static List<String> examples() throws IOException {
    List<String> frame = Files.readAllLines(FRAME);
    return frame.subList(frame.indexOf(".SH EXAMPLES"), frame.indexOf(".SH EXIT STATUS")).stream()
        .filter(line -> line.startsWith(".B streetbox "))
        .map(line -> line.substring(".B streetbox ".length()).replace("\\-", "-"))
        .toList();
  }

  @Test
  void aLineThatBeginsWithAPeriodIsNoRequest() {
    assertEquals("\\&.SH x\na\\-b\\ec\n\\&'d", Manual.roff(".SH x\na-b\\c\n'd"));
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    assertEquals(List.of("verify"), completed("outbox", "v"));
    assertEquals(List.of("status"), completed("sta"));
    assertEquals(List.of("--format", "--from"), completed("outbox", "export", "--f"));
    assertEquals(List.of("--json"), completed("status", "--config", "x", "--j"));
  }

  private List<String> completed(String... words) throws Exception {
    Manual.main(FRAME.toString(), folder.toString());
    String script =
        "source \"$0\"; COMP_WORDS=(streetbox \"$@\"); COMP_CWORD=$#; _streetbox;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> arguments =
        new ArrayList<>(List.of("-c", script, folder.resolve("streetbox.bash").toString()));
    arguments.addAll(Arrays.asList(words));
    Process bash = Program.BASH.process(arguments).redirectErrorStream(true).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return out.lines().filter(line -> !line.isEmpty()).sorted().toList();
  }
}
