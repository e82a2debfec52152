package dev.streetbox.config;

import dev.streetbox.measure.PrintableText;
import java.util.List;
import java.util.stream.Collectors;

/** Reports that a configuration cannot be used, with one line for each mistake. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int LINE_LIMIT = 1_000;

  /**
   * Makes the exception of all mistakes.
   *
   * @param lines at least one, each as {@code FILE:LINE:COLUMN: what, cause, what to type}; they
   *     may quote the file, and become {@link PrintableText}
   */
  ConfigException(List<String> lines) {
    super(
        lines.stream()
            .map(line -> PrintableText.of(line, LINE_LIMIT))
            .collect(Collectors.joining("\n")));
  }

  /** Returns the mistakes, in the order of the file. */
  public List<String> lines() {
    return getMessage().lines().toList();
  }
}
