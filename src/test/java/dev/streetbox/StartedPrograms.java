package dev.streetbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects the names of the programs that a shell script starts. Leaves out programs that are
 * started by a path (the repository's scripts, the build's output), programs in another root, and
 * names from variables.
 */
final class StartedPrograms {
  private static final Set<String> BUILTINS =
      Set.of(
          (". : [ [[ break cd command continue echo eval exec exit export kill local printf pwd"
                  + " read return set shift shopt test trap true false type umask unset wait")
              .split(" "));

  /**
   * Commands that run their arguments as a command, with the number of words before that command.
   */
  private static final Map<String, Integer> STARTERS =
      Map.ofEntries(
          Map.entry("exec", 0),
          Map.entry("env", 0),
          Map.entry("sudo", 0),
          Map.entry("unshare", 0),
          Map.entry("timeout", 1),
          // Functions of the scripts.
          Map.entry("as_root", 0),
          Map.entry("quietly", 0),
          Map.entry("check", 1),
          Map.entry("within", 1));

  private final Set<String> names = new TreeSet<>();

  private StartedPrograms() {}

  /** Returns the sorted names, including functions of the script. */
  static Set<String> of(ShellScript script) {
    StartedPrograms programs = new StartedPrograms();
    script.commands().forEach(programs::add);
    programs.names.removeAll(BUILTINS);
    return programs.names;
  }

  private void add(List<String> words) {
    if (words.isEmpty() || words.get(0).matches(".*[/$].*")) {
      return;
    }
    String name = words.get(0);
    names.add(name);
    int script = words.indexOf("-c") + 1;
    if (name.equals("trap")) {
      names.addAll(of(new ShellScript(words.get(1))));
    } else if (Set.of("sh", "bash").contains(name) && script > 0) {
      names.addAll(of(new ShellScript(words.get(script))));
    } else if (STARTERS.containsKey(name)) {
      List<String> rest =
          words.stream().skip(1).dropWhile(w -> w.startsWith("-") || w.contains("=")).toList();
      add(rest.subList(Math.min(STARTERS.get(name), rest.size()), rest.size()));
    }
  }
}
