package dev.streetbox.config;

import java.util.Optional;

/** A value that cannot be what its place wants; the message is the reason, as "not a duration". */
public final class WrongValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String cure;

  /** A reason alone: what to type is the setting's own example. */
  WrongValueException(String reason) {
    this(reason, "");
  }

  /**
   * A reason that comes with what to do.
   *
   * @param cure as words that follow "; "
   */
  WrongValueException(String reason, String cure) {
    super(reason);
    this.cure = cure;
  }

  /** What to do, if it is not to type the setting's example. */
  Optional<String> cure() {
    return Optional.of(cure).filter(text -> !text.isEmpty());
  }
}
