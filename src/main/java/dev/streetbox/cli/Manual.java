package dev.streetbox.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the manual page and the completion of bash from the commands' annotations, so that neither
 * differs from what the program accepts. The build runs this class; the program does not use it.
 */
public final class Manual {
  /** The line of the page's frame that the commands replace. */
  static final String COMMANDS = ".\\\" COMMANDS";

  private Manual() {}

  /**
   * Writes {@code streetbox.1} and {@code streetbox.bash}.
   *
   * @param args the page's frame, and the folder
   */
  public static void main(String... args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[1]));
    CommandLine commandLine = Streetbox.commandLine();
    Files.writeString(
        folder.resolve("streetbox.1"), page(Files.readString(Path.of(args[0])), commandLine));
    Files.writeString(folder.resolve("streetbox.bash"), completion(commandLine));
  }

  /** Returns the page: the frame with each command's usage in place of {@link #COMMANDS}. */
  static String page(String frame, CommandLine commandLine) {
    StringBuilder text = new StringBuilder();
    for (CommandLine command : leaves(commandLine)) {
      text.append(".SS ")
          .append(roff(command.getCommandSpec().qualifiedName()))
          .append('\n')
          .append(".nf\n")
          .append(roff(command.getUsageMessage(Ansi.OFF).stripTrailing()))
          .append("\n.fi\n");
    }
    return frame.replace(COMMANDS + "\n", text);
  }

  /** Returns the commands that do something, in the order of the usage text. */
  static List<CommandLine> leaves(CommandLine commandLine) {
    Map<String, CommandLine> below = commandLine.getSubcommands();
    if (below.isEmpty()) {
      return List.of(commandLine);
    }
    List<CommandLine> leaves = new ArrayList<>();
    below.values().stream()
        .filter(command -> !isHidden(command))
        .map(Manual::leaves)
        .forEach(leaves::addAll);
    return leaves;
  }

  private static boolean isHidden(CommandLine command) {
    return command.getCommandSpec().usageMessage().hidden();
  }

  /**
   * Returns a text with the characters that roff changes escaped: the backslash, the hyphen, which
   * would not be found as typed, and a period or quote that begins a line.
   */
  static String roff(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
  }

  /**
   * Returns the completion of bash: the commands after {@code streetbox}, the options and commands
   * after a command, and files where a value is typed.
   */
  static String completion(CommandLine commandLine) {
    Map<String, String> words = new TreeMap<>();
    collect(commandLine.getCommandSpec(), "", words);
    StringBuilder text = new StringBuilder("# Completes streetbox in bash; made by the build.\n");
    text.append("_streetbox() {\n  local path=\"\" word words=\"\"\n");
    text.append("  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n");
    text.append("    case \"$path $word\" in\n");
    words.keySet().stream()
        .filter(path -> !path.isEmpty())
        .forEach(
            path -> text.append("      '").append(path).append("') path=\"$path $word\" ;;\n"));
    text.append("    esac\n  done\n  case \"$path\" in\n");
    words.forEach(
        (path, of) ->
            text.append("    '").append(path).append("') words=\"").append(of).append("\" ;;\n"));
    text.append("  esac\n");
    text.append(
        "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n");
    text.append("}\ncomplete -o default -F _streetbox streetbox\n");
    return text.toString();
  }

  private static void collect(CommandSpec spec, String path, Map<String, String> words) {
    List<String> of = new ArrayList<>();
    spec.subcommands()
        .forEach(
            (name, command) -> {
              if (!isHidden(command)) {
                of.add(name);
                collect(command.getCommandSpec(), path + " " + name, words);
              }
            });
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> of.addAll(List.of(option.names())));
    words.put(path, String.join(" ", of));
  }
}
