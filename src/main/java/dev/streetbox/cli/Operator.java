package dev.streetbox.cli;

import java.util.Optional;

/** Names the person who typed the command, for the record of a calibration. */
final class Operator {
  private Operator() {}

  /** Returns the login name: under sudo, that of the user who called sudo. */
  static String name() {
    return Optional.ofNullable(System.getenv("SUDO_USER")).orElse(System.getProperty("user.name"));
  }
}
