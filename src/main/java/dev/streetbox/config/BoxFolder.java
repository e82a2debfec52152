package dev.streetbox.config;

import dev.streetbox.measure.LimitedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the two folders of section {@code [box]}, and finds one of them in a configuration without
 * parsing it as TOML, which takes more CPU time than the rest of a small command (see
 * src/bench/README.md).
 */
public enum BoxFolder {
  /** The folder of the store, the boot counter and the lock. */
  DATA("data_dir", "/var/lib/streetbox"),
  /** The folder of {@code status.json}. */
  RUN("run_dir", "/run/streetbox");

  /** A folder in characters that need no escape and cannot be refused. */
  private static final Pattern LINE = Pattern.compile("(\\w+) *= *\"(/[\\w./+-]*)\" *(#.*)?");

  private final String key;
  private final String standard;

  BoxFolder(String key, String standard) {
    this.key = key;
    this.standard = standard;
  }

  /** Returns the key in the configuration. */
  String key() {
    return key;
  }

  /** Returns the folder of a configuration without the key. */
  String standard() {
    return standard;
  }

  /** Returns the folder; empty if the file cannot be read or only a parser of TOML can tell it. */
  Optional<Path> find(Path file) {
    try {
      return find(new String(LimitedFile.read(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty(); // the parser of the whole file says why
    }
  }

  /** Returns the folder; empty if only a parser of TOML can tell it. */
  Optional<Path> find(String text) {
    if (text.contains("\"\"\"") || text.contains("'''")) {
      return Optional.empty(); // a line may be part of a string
    }
    String section = "";
    Optional<Path> found = Optional.empty();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("[")) {
        section = line;
      }
      if (line.startsWith("#") || !(line.contains(key) || line.contains("\\"))) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      boolean usual = matcher.matches() && matcher.group(1).equals(key) && section.equals("[box]");
      if (!usual || found.isPresent()) {
        return Optional.empty();
      }
      found = Optional.of(Path.of(matcher.group(2)));
    }
    return found.or(() -> Optional.of(Path.of(standard)));
  }
}
