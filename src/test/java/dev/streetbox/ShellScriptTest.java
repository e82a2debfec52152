package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks which programs {@link PreparedProgramsTest} finds in a script. */
class ShellScriptTest {
  private static void assertStarts(Set<String> programs, String script) {
    assertEquals(programs, StartedPrograms.of(new ShellScript(script)), script);
  }

  @Test
  void eachCommandOfAPipeAndAListIsStarted() {
    assertStarts(Set.of("a", "b", "c", "d", "e"), "a | b x && c || d >b.txt 2>&1 &\n! e <in; # f");
  }

  @Test
  void substitutionsAreCommandsToo() {
    assertStarts(Set.of("a", "b", "c"), "x=$(a \"$(b \"y z\")\") echo \"is $(c; echo '$(d)')\"");
    assertStarts(
        Set.of("a", "b", "c", "d"),
        "for i in $(a); do read x < <(b); done; y=$((1 + $(c) * 2)); z=(u \"$(d)\" v)");
  }

  @Test
  void wordsInQuotesAndHereDocumentsAreNoCommands() {
    assertStarts(
        Set.of("awk", "cat"), "awk '{ print; next }' | echo \"a; b\"\ncat <<END\nc | d\nEND\n");
  }

  @Test
  void arithmeticIsNoCommand() {
    assertStarts(Set.of("a", "b"), "for ((i = 0; i < 9; i++)); do a; done; ((n = $(b) > 2))");
  }

  @Test
  void patternsOfACaseAreNoCommands() {
    assertStarts(Set.of("a", "b"), "case $1 in\n  x | 'y z') a ;;\n  *) b ;;\nesac\n");
  }

  @Test
  void functionsAreFoundWithTheirCommands() {
    ShellScript script = new ShellScript("f() { a; }\ng() {\n  f\n}\ng\n");
    assertEquals(Set.of("f", "g"), script.functions());
    assertStarts(Set.of("a", "f", "g"), "f() { a; }\ng() {\n  f\n}\ng\n");
  }

  @Test
  void aCommandThatStartsAnotherOneCountsWithTheOther() {
    assertStarts(
        Set.of("check", "within", "sh", "a", "b"), "check 'it is so' within 20 sh -c 'a | b'");
    assertStarts(Set.of("timeout", "env", "a"), "exec timeout --kill-after=3 20 env -i X=y a b");
    assertStarts(Set.of("a"), "trap 'a \"$b\"' EXIT");
  }

  @Test
  void pathsAndNamesFromVariablesAreLeftOut() {
    assertStarts(Set.of("a"), "deploy/demo; \"$program\" x; a\n\"$@\"");
  }

  @Test
  void aBackslashContinuesACommandOnTheNextLine() {
    assertEquals(
        List.of(List.of("prepare", "a=b", "c=d")),
        new ShellScript("prepare a=b \\\n  c=d\n").commands());
  }
}
