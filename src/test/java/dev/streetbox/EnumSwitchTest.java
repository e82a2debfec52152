package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Finds switches over an enum of this program that have a {@code default}: a constant that is added
 * later would take that branch silently, whereas the compiler reports a switch without a default
 * that lacks the constant. Switches over text, numbers and enums of a library may have a default.
 */
class EnumSwitchTest {
  private static final Path MAIN = Path.of("src/main/java/dev/streetbox");

  private static final Pattern ENUM = Pattern.compile("\\benum (\\w+)[^{;]*\\{");
  private static final Pattern CONSTANT =
      Pattern.compile("(?<![\\w.])([A-Z][A-Z0-9_]*)(?=[\\s(,;{}])");
  private static final Pattern SWITCH = Pattern.compile("\\bswitch \\([^{]*\\) \\{");
  private static final Pattern CASE = Pattern.compile("\\bcase ([^:>]*?)\\s*(?:->|:)");
  private static final Pattern DEFAULT = Pattern.compile("\\bdefault\\s*(?:->|:)");

  @Test
  void noSwitchOverAnOwnEnumHasADefault() throws IOException {
    Map<String, String> sources = sources();
    Set<Set<String>> enums = new HashSet<>();
    sources.values().forEach(source -> enums.addAll(enums(source)));
    assertTrue(enums.stream().anyMatch(all -> all.contains("PM2_5")), "Quantity is not found");
    Map<String, List<String>> found = new TreeMap<>();
    sources.forEach((file, source) -> found.put(file, defaults(source, enums)));
    found.values().removeIf(List::isEmpty);
    assertEquals(Map.of(), found);
  }

  @Test
  void aDefaultIsFoundInASwitchOverAnOwnEnumOnly() {
    Set<Set<String>> enums = enums("enum Kind { A(1), B(2) { int x() { return C; } }; int n; }");
    assertEquals(Set.of(Set.of("A", "B")), enums);
    assertEquals(1, defaults("switch (k) { case A -> 1; default -> 2; }", enums).size());
    assertEquals(1, defaults("switch (k) { case A, B: f(); default: g(); }", enums).size());
    assertEquals(0, defaults("switch (k) { case A -> 1; case B -> 2; }", enums).size());
    assertEquals(0, defaults("switch (s) { case \"A\" -> 1; default -> 2; }", enums).size());
    assertEquals(0, defaults("switch (i) { case 'A', 3 -> 1; default -> 2; }", enums).size());
    String constant = "static final int A = 1; switch (i) { case A -> 1; default -> 2; }";
    assertEquals(0, defaults(constant, enums).size());
    String inner =
        "switch (k) { case A -> switch (i) { case 1 -> 1; default -> 2; }; case B -> 2; }";
    assertEquals(0, defaults(inner, enums).size());
  }

  /** Returns the text of each source without its comments, by its path. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        sources.put(MAIN.relativize(file).toString(), withoutComments(Files.readString(file)));
      }
    }
    return sources;
  }

  private static String withoutComments(String source) {
    return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(?<!:)//.*$", "");
  }

  /** Returns the constants of each enum that a source declares. */
  private static Set<Set<String>> enums(String source) {
    Set<Set<String>> enums = new HashSet<>();
    Matcher begin = ENUM.matcher(source);
    while (begin.find()) {
      String body = own(block(source, begin.end() - 1));
      int end = body.indexOf(';');
      Matcher constant = CONSTANT.matcher((end < 0 ? body : body.substring(0, end)) + " ");
      enums.add(constant.results().map(found -> found.group(1)).collect(Collectors.toSet()));
    }
    return enums;
  }

  /** Returns the heads of switches whose labels are all constants of one enum, with a default. */
  private static List<String> defaults(String source, Set<Set<String>> enums) {
    List<String> found = new ArrayList<>();
    Matcher begin = SWITCH.matcher(source);
    while (begin.find()) {
      String body = withoutInnerSwitches(block(source, begin.end() - 1));
      List<String> labels =
          CASE.matcher(body)
              .results()
              .flatMap(label -> Stream.of(label.group(1).split("\\s*,\\s*")))
              .toList();
      boolean own =
          !labels.isEmpty()
              && labels.stream().noneMatch(label -> source.contains(" " + label + " ="))
              && enums.stream().anyMatch(all -> all.containsAll(labels));
      if (own && DEFAULT.matcher(body).find()) {
        found.add(begin.group() + " " + labels);
      }
    }
    return found;
  }

  private static String withoutInnerSwitches(String body) {
    Matcher inner = SWITCH.matcher(body);
    return inner.find(1)
        ? withoutInnerSwitches(
            body.replace(
                inner.group().substring(0, inner.group().length() - 1)
                    + block(body, inner.end() - 1),
                ""))
        : body;
  }

  /** Returns the text from an opening brace to the one that closes it. */
  private static String block(String source, int open) {
    int depth = 0;
    for (int at = open; at < source.length(); at++) {
      depth += source.charAt(at) == '{' ? 1 : source.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return source.substring(open, at + 1);
      }
    }
    return source.substring(open);
  }

  /** Returns a block without its braces and without what nested braces and parentheses enclose. */
  private static String own(String block) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (char c : block.substring(1, block.length() - 1).toCharArray()) {
      depth -= c == '}' || c == ')' ? 1 : 0;
      text.append(depth == 0 ? c : ' ');
      depth += c == '{' || c == '(' ? 1 : 0;
    }
    return text.toString();
  }
}
