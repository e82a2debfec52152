package dev.streetbox.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.tomlj.TomlParseError;
import org.tomlj.TomlPosition;

/** Collects every mistake of one configuration file. Used by one thread. */
final class Diagnostics {
  private final String file;
  private final List<String> lines;
  private final PrivateLines privateLines;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final TreeSet<Integer> brokenLines = new TreeSet<>();

  /**
   * Begins with the characters that are not UTF-8.
   *
   * @param file the file's name, for the messages
   * @param text the file's content, in which U+FFFD stands for bytes that are not UTF-8
   */
  Diagnostics(String file, String text) {
    this.file = file;
    this.lines = text.lines().toList();
    this.privateLines = new PrivateLines(lines);
    for (int i = 0; i < lines.size(); i++) {
      int wrong = lines.get(i).indexOf('\uFFFD');
      if (wrong >= 0) {
        diagnostics.add(new Diagnostic(i + 1, wrong + 1, "not UTF-8; save the file as UTF-8"));
      }
    }
  }

  /**
   * Adds a syntax error. Syntax errors are added before all other mistakes, so that {@link #add}
   * can leave out what follows from them.
   */
  void addSyntaxError(TomlParseError error) {
    int line = error.position().line();
    brokenLines.add(line);
    String text =
        privateLines.contains(line)
            ? PrivateLines.remedy(error.getMessage(), Setting.locationIn(line(line)))
            : error.getMessage()
                + "; "
                + Suggestions.forSyntaxError(error.getMessage(), line(line));
    diagnostics.add(new Diagnostic(line, error.position().column(), text));
  }

  /**
   * Adds a mistake, unless the header of its section is broken and therefore causes the mistake.
   */
  void add(TomlPosition at, String text) {
    if (!brokenLines.contains(headerOf(at.line()))) {
      diagnostics.add(new Diagnostic(at.line(), at.column(), text));
    }
  }

  /** Returns whether the file has no mistake. */
  boolean isEmpty() {
    return diagnostics.isEmpty();
  }

  /**
   * Returns whether a line is not TOML, so that a setting that seems to be missing may be there.
   */
  boolean hasSyntaxErrors() {
    return !brokenLines.isEmpty();
  }

  /** Returns every mistake as {@code FILE:LINE:COLUMN: text}, in the order of the file. */
  List<String> lines() {
    return diagnostics.stream()
        .sorted(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column))
        .map(found -> file + ":" + found.line() + ":" + found.column() + ": " + found.text())
        .toList();
  }

  private String line(int number) {
    return number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** Returns the line of the header of the section that a line is in; 0 before any section. */
  private int headerOf(int line) {
    int header = line;
    while (header > 0 && !line(header).strip().startsWith("[")) {
      header--;
    }
    return header;
  }
}
