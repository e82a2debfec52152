package dev.streetbox.config;

import java.util.List;

/** Reports that a configuration cannot be used, with one line for each mistake. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception of all mistakes.
   *
   * @param lines at least one, each as {@code FILE:LINE:COLUMN: what, cause, what to type}
   */
  ConfigException(List<String> lines) {
    super(String.join("\n", lines));
  }

  /** Returns the mistakes, in the order of the file. */
  public List<String> lines() {
    return getMessage().lines().toList();
  }
}
