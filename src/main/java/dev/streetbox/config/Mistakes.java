package dev.streetbox.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tomlj.TomlParseError;
import org.tomlj.TomlPosition;

/** Everything that is wrong with one configuration file, as one person wants to read it. */
final class Mistakes {
  private record Mistake(int line, int column, String text) {}

  private final String file;
  private final List<String> lines;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final TreeSet<Integer> brokenLines = new TreeSet<>();

  /**
   * @param file its name, for the messages
   * @param text its content
   */
  Mistakes(String file, String text) {
    this.file = file;
    this.lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int wrong = lines.get(i).indexOf('\uFFFD');
      if (wrong >= 0) {
        mistakes.add(new Mistake(i + 1, wrong + 1, "not UTF-8; save the file as UTF-8"));
      }
    }
  }

  /** Adds what is not even TOML; before everything else, so that what follows from it is left. */
  void addSyntax(TomlParseError error) {
    int line = error.position().line();
    brokenLines.add(line);
    Optional<Setting> place = Setting.placeIn(line(line));
    String text =
        place.isPresent()
            ? "not a number; type " + TomlText.example(place.get())
            : error.getMessage() + "; " + Cure.of(error.getMessage(), line(line));
    mistakes.add(new Mistake(line, error.position().column(), text));
  }

  /** Adds a mistake, unless it only follows from a section's own line being broken. */
  void add(TomlPosition at, String text) {
    if (!brokenLines.contains(headerOf(at.line()))) {
      mistakes.add(new Mistake(at.line(), at.column(), text));
    }
  }

  /** Whether nothing is wrong. */
  boolean isEmpty() {
    return mistakes.isEmpty();
  }

  /** Whether something is not TOML, so that what seems to be missing may be there. */
  boolean hasSyntax() {
    return !brokenLines.isEmpty();
  }

  /** Every mistake as {@code FILE:LINE:COLUMN: text}, in the order of the file. */
  List<String> inOrder() {
    return mistakes.stream()
        .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
        .map(mistake -> file + ":" + mistake.line + ":" + mistake.column + ": " + mistake.text)
        .toList();
  }

  private String line(int number) {
    return number <= lines.size() ? lines.get(number - 1) : "";
  }

  private int headerOf(int line) {
    int at = line;
    while (at > 0 && !line(at).strip().startsWith("[")) {
      at--;
    }
    return at;
  }
}
