package dev.streetbox.config;

import java.util.List;

/** The configuration cannot be used: one line for each mistake, each with what to type. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param lines at least one, each as {@code FILE:LINE:COLUMN: what, cause, what to type}
   */
  ConfigException(List<String> lines) {
    super(String.join("\n", lines));
  }

  /** The mistakes, in the order of the file. */
  public List<String> lines() {
    return getMessage().lines().toList();
  }
}
