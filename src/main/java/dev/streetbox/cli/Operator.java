package dev.streetbox.cli;

import dev.streetbox.measure.PrintableText;
import java.util.Optional;

/** Names the person who typed the command, for the record of a calibration. */
final class Operator {
  /** The longest login name of Linux has 32 characters. */
  private static final int NAME_LIMIT = 32;

  private Operator() {}

  /** Returns the login name: under sudo, that of the user who called sudo. */
  static String name() {
    return PrintableText.of(
        Optional.ofNullable(System.getenv("SUDO_USER")).orElse(System.getProperty("user.name")),
        NAME_LIMIT);
  }
}
