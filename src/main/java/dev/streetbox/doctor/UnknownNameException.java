package dev.streetbox.doctor;

import java.io.IOException;

/** Tells why the name of today cannot be computed. */
final class UnknownNameException extends IOException {
  private static final long serialVersionUID = 1;

  private final String remedy;

  /**
   * @param remedy a command to try
   */
  UnknownNameException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** Returns a command to try. */
  String remedy() {
    return remedy;
  }
}
